package lychgate.transport.web;

import lychgate.testing.Sockets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A client of HTTP that sends any bytes. */
final class HttpPeer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String END = "\r\n\r\n";

    private final Socket socket;

    /** What came back. */
    record Reply(String head, byte[] bytes) {
        /** The body as text. */
        String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        int status() {
            return head.isEmpty() ? 0 : Integer.parseInt(head.split(" ", 3)[1]);
        }

        /** The values of a header, one a line. */
        String header(String name) {
            String begin = name.toLowerCase(Locale.ROOT) + ":";
            return String.join(
                    "\n",
                    head.lines()
                            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(begin))
                            .map(line -> line.substring(begin.length()).strip())
                            .toList());
        }
    }

    HttpPeer(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for a path, with some headers more; the connection then ends. */
    static Reply gets(int port, String path, String... headers) {
        return asks(port, "GET " + path + " HTTP/1.1", "", headers);
    }

    /** Sends a request, all of it at once; the connection then ends. */
    static Reply asks(int port, String line, String body, String... headers) {
        try (HttpPeer peer = new HttpPeer(port)) {
            return peer.sends(head(port, line, headers) + body).reply();
        }
    }

    /** The head of a request after which the connection ends, unless it says otherwise. */
    static String head(int port, String line, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        addUnlessNamed(all, "Connection: close");
        addUnlessNamed(all, "Host: localhost:" + port);
        return line + "\r\n" + String.join("\r\n", all) + "\r\n\r\n";
    }

    private static void addUnlessNamed(List<String> headers, String header) {
        String name = header.substring(0, header.indexOf(' '));
        if (headers.stream().noneMatch(each -> each.startsWith(name))) {
            headers.addFirst(header);
        }
    }

    HttpPeer sends(String text) {
        return sends(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    HttpPeer sends(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** Everything until the connection ends. */
    Reply reply() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (IOException e) {
            // it was cut: what came so far
        }
        String text = all.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END);
        int body = end < 0 ? text.length() : end + END.length();
        byte[] bytes = all.toByteArray();
        return new Reply(
                end < 0 ? text : text.substring(0, end),
                Arrays.copyOfRange(bytes, body, bytes.length));
    }

    @Override
    public void close() {
        Sockets.close(socket);
    }
}
