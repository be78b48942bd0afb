package lychgate.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A connection to a local web port, from a chosen source address: raw requests and frames. */
final class WebWire implements AutoCloseable {
    static final int TEXT = 0x81;
    static final int PING = 0x89;

    private static final String LENGTH = "Content-Length: ";
    private static final String CSESSID = "\"csessid\":\"";
    private static final String TOKEN = "\"token\":\"";
    private static final String GREETING = "guest";
    private static final int MASKED = 0x80;
    private static final int SHORT = 126;

    private final Wire wire;

    /** See {@link Wire}. */
    WebWire(int port, String from, int receiveBuffer) throws IOException {
        wire = new Wire(port, from, receiveBuffer);
    }

    /** Bytes of a request with a form. */
    static byte[] post(String form) {
        return bytes(
                "POST /webclientdata HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + form.length()
                        + "\r\n\r\n"
                        + form);
    }

    /** Bytes of the request for a WebSocket. */
    static byte[] handshake() {
        return bytes(
                String.join(
                        "\r\n",
                        "GET /ws HTTP/1.1",
                        "Host: localhost",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Protocol: v1.evennia.com",
                        "\r\n"));
    }

    /** Bytes of a frame, whose mask changes nothing. */
    static byte[] frame(int first, String payload) {
        byte[] text = payload.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(8 + text.length);
        frame.put((byte) first);
        if (text.length < SHORT) {
            frame.put((byte) (MASKED | text.length));
        } else {
            frame.put((byte) (MASKED | SHORT)).putShort((short) text.length);
        }
        frame.putInt(0).put(text).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** Bytes of a v1 message with a line. */
    static byte[] line(String line) {
        return frame(TEXT, "[\"text\",[\"" + line + "\"],{}]");
    }

    /** Bytes of what a client says about its session. */
    static byte[] session(String kwargs) {
        return frame(TEXT, "[\"session\",[]," + kwargs + "]");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void send(byte[] bytes) throws IOException {
        wire.send(bytes);
    }

    /** Opens a WebSocket. */
    WebWire open() throws IOException {
        send(handshake());
        wire.await("\r\n\r\n");
        return this;
    }

    /** Opens a WebSocket and logs in as a guest. */
    WebWire guest() throws IOException {
        open().send(line("guest"));
        wire.await("Exits");
        return this;
    }

    /** Says something about its session; returns the token that it is given. */
    String token(String kwargs) throws IOException {
        send(session(kwargs));
        wire.await(TOKEN);
        return wire.upTo("\"");
    }

    /**
     * As {@link #token}, of one who has seen the login screen too: that comes before it or after.
     */
    String tokenOfGreeted(String kwargs) throws IOException {
        send(session(kwargs));
        boolean isGreeted = wire.await(GREETING, TOKEN) == 0;
        if (isGreeted) {
            wire.await(TOKEN);
        }
        String token = wire.upTo("\"");
        if (!isGreeted) {
            wire.await(GREETING);
        }
        return token;
    }

    /** Reads until this has arrived. */
    void await(String words) throws IOException {
        wire.await(words);
    }

    /** Reads the next answer; returns its body. */
    String answer() throws IOException {
        int length = 0;
        for (String header = wire.line(); !header.isEmpty(); header = wire.line()) {
            if (header.startsWith(LENGTH)) {
                length = Integer.parseInt(header.substring(LENGTH.length()));
            }
        }
        return new String(wire.bytes(length), StandardCharsets.UTF_8);
    }

    /** Begins a session over AJAX; returns its id. */
    String begin() throws IOException {
        send(post("mode=init&csessid=&cuid=page"));
        String hello = answer();
        int at = hello.indexOf(CSESSID);
        if (at < 0) {
            throw new IOException(hello);
        }
        int from = at + CSESSID.length();
        return hello.substring(from, hello.indexOf('"', from));
    }

    /** Reads and discards all further output, on its own thread. */
    WebWire drain() throws IOException {
        wire.drain();
        return this;
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
