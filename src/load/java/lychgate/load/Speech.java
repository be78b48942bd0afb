package lychgate.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * What the clients of a {@link Crowd} speak.
 *
 * @param hello the first bytes of a connection
 * @param greeted words of the login screen
 * @param line a line that is typed, in bytes
 */
record Speech(ByteBuffer hello, String greeted, Function<String, ByteBuffer> line) {
    static final String HANDSHAKE =
            String.join(
                    "\r\n",
                    "GET /ws HTTP/1.1",
                    "Host: localhost",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Sec-WebSocket-Protocol: v1.evennia.com",
                    "\r\n");

    /** Telnet, without negotiating. */
    static final Speech TELNET = new Speech(ascii(""), "> ", words -> ascii(words + "\r\n"));

    private static final int TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int SHORT = 126;

    /** {@code v1.evennia.com} over WebSockets. */
    static final Speech WEBSOCKET = new Speech(ascii(HANDSHAKE), "guest", Speech::text);

    /** The same by clients that may come back, and acknowledge nothing. */
    static final Speech RESUMABLE =
            new Speech(
                    joined(ascii(HANDSHAKE), frame("[\"session\",[],{\"resume\":true}]")),
                    "guest",
                    Speech::text);

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuffer joined(ByteBuffer one, ByteBuffer two) {
        return ByteBuffer.allocate(one.remaining() + two.remaining()).put(one).put(two).flip();
    }

    private static ByteBuffer text(String words) {
        return frame("[\"text\",[\"" + words + "\"],{}]");
    }

    /** A text message, whose mask changes nothing. */
    static ByteBuffer frame(String message) {
        byte[] text = message.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frame = ByteBuffer.allocate(8 + text.length).put((byte) TEXT);
        if (text.length < SHORT) {
            frame.put((byte) (MASKED | text.length));
        } else {
            frame.put((byte) (MASKED | SHORT)).putShort((short) text.length);
        }
        return frame.putInt(0).put(text).flip();
    }
}
