package lychgate.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A connection to a local web port, from a chosen source address: raw requests and frames. */
final class WebWire implements AutoCloseable {
    static final int TEXT = 0x81;
    static final int PING = 0x89;

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int SHORT = 126;

    private final Socket socket = new Socket();
    private final InputStream in;

    WebWire(int port, String from, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
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
            frame.put((byte) (0x80 | text.length));
        } else {
            frame.put((byte) (0x80 | SHORT)).putShort((short) text.length);
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

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Opens a WebSocket and logs in as a guest. */
    WebWire guest() throws IOException {
        send(handshake());
        await("\r\n\r\n");
        send(line("guest"));
        await("Exits");
        return this;
    }

    /** Reads until this has arrived. */
    void await(String words) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.length() < words.length()
                || read.indexOf(words, read.length() - words.length()) < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("closed, having said: " + read.toString().strip());
            }
            read.append((char) b);
        }
    }

    /** Reads the next answer; returns its body. */
    String answer() throws IOException {
        int length = 0;
        while (true) {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new IOException("closed");
                }
                line.append((char) b);
            }
            String header = line.toString().strip();
            if (header.isEmpty()) {
                return new String(in.readNBytes(length), StandardCharsets.UTF_8);
            }
            if (header.startsWith("Content-Length: ")) {
                length = Integer.parseInt(header.substring("Content-Length: ".length()));
            }
        }
    }

    /** Reads and discards all further output, on its own thread. */
    WebWire drain() throws IOException {
        socket.setSoTimeout(0);
        Thread.ofVirtual().start(this::forget);
        return this;
    }

    private void forget() {
        byte[] buffer = new byte[16 * 1024];
        try {
            int length;
            do {
                length = socket.getInputStream().read(buffer);
            } while (length >= 0);
        } catch (IOException e) {
            // the connection was closed
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
