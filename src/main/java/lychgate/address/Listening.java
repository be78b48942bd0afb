package lychgate.address;

/**
 * Where a service of ours listens, by its configuration.
 *
 * @param service its name: in the start-up lines, in {@code status}, in the counters
 * @param key the setting that has its port
 * @param enabled whether it listens at all
 * @param address the address to listen on, as a literal
 * @param port the port to listen on; 0 for any free one
 * @param security whether TLS is spoken there
 */
public record Listening(
        String service, String key, boolean enabled, String address, int port, Security security) {

    /** Whether TLS is spoken on a port. */
    public enum Security {
        /** Never. */
        PLAIN,
        /** With clients that begin with it. */
        EITHER,
        /** Always. */
        TLS
    }
}
