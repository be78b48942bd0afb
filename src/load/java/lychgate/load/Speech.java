package lychgate.load;

import java.nio.ByteBuffer;
import java.util.function.Function;

/**
 * What the clients of a {@link Crowd} speak.
 *
 * @param hello the first bytes of a connection
 * @param greeted words of the login screen
 * @param line a line that is typed, in bytes
 */
record Speech(byte[] hello, String greeted, Function<String, byte[]> line) {
    /** Telnet, without negotiating. */
    static final Speech TELNET =
            new Speech(new byte[0], "> ", words -> WebWire.bytes(words + "\r\n"));

    /** The same, with a {@link RecordingGame}. */
    static final Speech RECORDED =
            new Speech(new byte[0], RecordingGame.WELCOME, words -> WebWire.bytes(words + "\r\n"));

    /** {@code v1.evennia.com} over WebSockets. */
    static final Speech WEBSOCKET = new Speech(WebWire.handshake(), "guest", WebWire::line);

    /** The same by clients that may come back, and acknowledge nothing. */
    static final Speech RESUMABLE =
            new Speech(
                    joined(WebWire.handshake(), WebWire.session("{\"resume\":true}")),
                    "guest",
                    WebWire::line);

    private static byte[] joined(byte[] one, byte[] two) {
        return ByteBuffer.allocate(one.length + two.length).put(one).put(two).array();
    }
}
