package lychgate.transport.telnet;

/**
 * Section {@code [telnet]} of the configuration.
 *
 * @param enabled whether telnet is spoken at all
 * @param port to listen on; 0 for any free one
 * @param nopSeconds seconds of silence after which a NOP keeps the connection alive; 0: never
 */
public record TelnetConfig(boolean enabled, int port, int nopSeconds) {

    /** What holds where the configuration says nothing. */
    public static final TelnetConfig DEFAULT = new TelnetConfig(true, 4000, 30);
}
