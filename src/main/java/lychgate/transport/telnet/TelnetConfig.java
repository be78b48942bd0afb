package lychgate.transport.telnet;

/**
 * Section {@code [telnet]} of the configuration.
 *
 * @param enabled whether telnet is spoken at all
 * @param port to listen on; 0 for any free one
 * @param nopSeconds seconds of silence after which a NOP keeps the connection alive; 0: never
 * @param mccpLevel how hard what is sent is compressed, 1 to 9, for clients that can (MCCP); 0:
 *     compression is not offered
 */
public record TelnetConfig(boolean enabled, int port, int nopSeconds, int mccpLevel) {

    /** What holds where the configuration says nothing. */
    public static final TelnetConfig DEFAULT = new TelnetConfig(true, 4000, 30, 6);
}
