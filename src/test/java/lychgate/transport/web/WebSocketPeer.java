package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.testing.Sockets;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** A client of raw bytes: it may break every rule. */
final class WebSocketPeer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final List<String> headers = new ArrayList<>();

    /** What the server sent last. */
    record Frame(int first, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            assertEquals(0x88, first);
            return Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
        }
    }

    /** Connects and sends a request: its first line and its headers. */
    WebSocketPeer(int port, String... request) {
        this(connected(port), request);
    }

    /** The same over a connection that is there. */
    WebSocketPeer(Socket connected, String... request) {
        try {
            socket = connected;
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new DataInputStream(socket.getInputStream());
            String all = String.join("\r\n", request) + "\r\n\r\n";
            socket.getOutputStream().write(all.getBytes(StandardCharsets.UTF_8));
            for (String line = line(); !line.isEmpty(); line = line()) {
                headers.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection whose system takes little that is not read. */
    static Socket connected(int port) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for a WebSocket, with some headers more. */
    static WebSocketPeer asks(int port, String path, String... more) {
        return asks(connected(port), path, more);
    }

    /** The same over a connection that is there. */
    static WebSocketPeer asks(Socket connected, String path, String... more) {
        List<String> request = new ArrayList<>(handshake(connected.getPort(), path));
        request.addAll(List.of(more));
        return new WebSocketPeer(connected, request.toArray(String[]::new));
    }

    /** The request for a WebSocket: its first line and its headers. */
    static List<String> handshake(int port, String path) {
        return List.of(
                "GET " + path + " HTTP/1.1",
                "Host: localhost:" + port,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }

    /** The status of the answer. */
    int status() {
        return Integer.parseInt(headers.getFirst().split(" ", 3)[1]);
    }

    /** The values of a header of the answer. */
    List<String> header(String name) {
        String begin = name.toLowerCase(Locale.ROOT) + ": ";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(begin))
                .map(line -> line.substring(begin.length()))
                .toList();
    }

    /** Sends bytes, in hexadecimal. */
    WebSocketPeer sends(String hex) {
        return write(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** Sends a masked frame. */
    WebSocketPeer frame(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
        frame.put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        byte[] mask = {0x37, (byte) 0xfa, 0x21, 0x3d};
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % 4]));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return write(bytes);
    }

    WebSocketPeer frame(int first, String payload) {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** The next frame. */
    Frame next() {
        try {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            }
            byte[] payload = new byte[length];
            in.readFully(payload);
            return new Frame(first, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code with which the server closes, after whatever comes before that. */
    int closeCode() {
        Frame frame = next();
        while (frame.first != 0x88) {
            frame = next();
        }
        return frame.closeCode();
    }

    /** Reads to the end of the connection; fails on a reset. */
    void end() {
        try {
            while (true) {
                in.readByte();
            }
        } catch (EOFException e) {
            // that is the end
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WebSocketPeer write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.append((char) b);
        }
        return line.toString().strip();
    }

    /** Is gone, without a word. */
    void reset() {
        Sockets.reset(socket);
    }

    @Override
    public void close() {
        Sockets.close(socket);
    }
}
