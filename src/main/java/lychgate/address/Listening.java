package lychgate.address;

/**
 * Where one of our own services listens, according to its configuration.
 *
 * @param service its name in the start-up lines, in {@code status} and in the counters
 * @param key the setting that holds its port
 * @param enabled whether it listens at all
 * @param address the address to listen on, as a literal
 * @param port the port to listen on; 0 for any free one
 * @param security whether it speaks TLS
 */
public record Listening(
        String service, String key, boolean enabled, String address, int port, Security security) {

    /** Whether a port speaks TLS. */
    public enum Security {
        /** Never. */
        PLAIN,
        /** With clients that start with a TLS handshake. */
        EITHER,
        /** Always. */
        TLS
    }
}
