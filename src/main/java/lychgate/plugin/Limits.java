package lychgate.plugin;

/**
 * The limits that bind every transport; 0 means no limit. Section {@code [limits]} of the
 * configuration. What happens beyond each limit, and which counter shows it, is in {@code
 * docs/configuration.md}.
 *
 * @param connections connections in all; never more than the process's descriptors less 256
 * @param connectionsPerAddress connections from one address at a time
 * @param connectionsPerSecondPerAddress new connections a second from one address, after a burst of
 *     20
 * @param commandsPerSecond commands of one session in a second
 * @param lineLength characters of a line
 * @param subnegotiationBytes bytes of an out-of-band message
 * @param unsentBytes bytes that a client may leave unread before its session ends
 * @param loginSeconds seconds within which the player must log in
 * @param idleSeconds seconds without input after which a session ends
 * @param tlsHandshakeSeconds timeout of the TLS handshake, in seconds
 */
public record Limits(
        int connections,
        int connectionsPerAddress,
        int connectionsPerSecondPerAddress,
        int commandsPerSecond,
        int lineLength,
        int subnegotiationBytes,
        int unsentBytes,
        int loginSeconds,
        int idleSeconds,
        int tlsHandshakeSeconds) {

    /** The defaults. */
    public static final Limits DEFAULT =
            new Limits(10_000, 32, 2, 80, 6_000, 65_536, 1_048_576, 300, 0, 10);

    /**
     * Unsent bytes above which a session is not writable: its client is not read, and the game
     * waits. Small enough that ten thousand slow clients fit into memory, large enough for the
     * longest page.
     */
    public static final int UNWRITABLE_BYTES = 256 * 1024;

    /** Unsent bytes below which it is writable again: a quarter, to avoid flapping. */
    public static final int WRITABLE_BYTES = UNWRITABLE_BYTES / 4;

    /** Seconds without progress after which a client that does not read is disconnected. */
    public static final int STALLED_SECONDS = 60;

    /** The maximum number of characters in a line; {@link Integer#MAX_VALUE} for no limit. */
    public int maxLine() {
        return lineLength == 0 ? Integer.MAX_VALUE : lineLength;
    }

    /** Whether a line is over the limit. */
    public boolean isTooLong(String line) {
        int max = maxLine();
        return line.length() > max && line.codePointCount(0, line.length()) > max;
    }
}
