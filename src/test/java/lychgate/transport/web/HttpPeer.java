package lychgate.transport.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client of HTTP that sends any bytes. */
final class HttpPeer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    /** What came back. */
    record Reply(String head, String body) {
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

    /** The head of a request after which the connection ends. */
    static String head(int port, String line, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "%s\r\nHost: localhost:%d\r\nConnection: close\r\n%s\r\n"
                .formatted(line, port, more);
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
        String text = all.toString(StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        return end < 0
                ? new Reply(text, "")
                : new Reply(text.substring(0, end), text.substring(end + 4));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
