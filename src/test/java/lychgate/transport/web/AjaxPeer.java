package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import lychgate.oob.Json;
import lychgate.oob.MalformedException;
import lychgate.testing.Sockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One HTTP connection of an AJAX client: sends requests in raw bytes, reads answers. */
final class AjaxPeer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    /** Bytes that its system takes before they are read: few. */
    private static final int RECEIVES = 16 * 1024;

    private final Socket socket;

    /** An answer. */
    record Answer(int status, List<String> headers, String body) {
        /** The values of a header. */
        List<String> header(String name) {
            String begin = name.toLowerCase(Locale.ROOT) + ": ";
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(begin))
                    .map(line -> line.substring(begin.length()))
                    .toList();
        }

        /** A field of a JSON object. */
        String field(String name) {
            try {
                Map<?, ?> fields = assertInstanceOf(Map.class, Json.read(body));
                return assertInstanceOf(String.class, fields.get(name));
            } catch (MalformedException e) {
                throw new AssertionError(body, e);
            }
        }
    }

    AjaxPeer(int port) {
        this(port, InetAddress.getLoopbackAddress());
    }

    /**
     * @param from an address of this machine
     */
    AjaxPeer(int port, InetAddress from) {
        try {
            socket = new Socket();
            socket.setReceiveBufferSize(RECEIVES);
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fields of a form: names and values in turn. */
    static String form(String... fields) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(i == 0 ? "" : "&").append(fields[i]).append('=');
            form.append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    /** Sends a form, with some headers more. */
    AjaxPeer posts(String form, String... headers) {
        List<String> all =
                new ArrayList<>(List.of("Content-Type: application/x-www-form-urlencoded"));
        all.addAll(List.of(headers));
        return asks("POST /webclientdata", form, all);
    }

    /** Sends a request. */
    AjaxPeer asks(String request, String body, List<String> headers) {
        List<String> lines = new ArrayList<>();
        lines.add(request + " HTTP/1.1");
        lines.add("Host: localhost:" + socket.getPort());
        lines.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        lines.addAll(headers);
        return sends(String.join("\r\n", lines) + "\r\n\r\n" + body);
    }

    /** Sends bytes as they are. */
    AjaxPeer sends(String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status of the next answer, however that goes on. */
    int status() {
        try {
            return status(line());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int status(String line) {
        return Integer.parseInt(line.split(" ", 3)[1]);
    }

    /** The next answer. */
    Answer answer() {
        try {
            List<String> lines = new ArrayList<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                lines.add(line);
            }
            int status = status(lines.getFirst());
            Answer head = new Answer(status, lines, "");
            int length = Integer.parseInt(head.header("Content-Length").getFirst());
            byte[] body = socket.getInputStream().readNBytes(length);
            assertEquals(length, body.length, "the answer is incomplete");
            return new Answer(status, lines, new String(body, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int b = socket.getInputStream().read();
        for (; b >= 0 && b != '\n'; b = socket.getInputStream().read()) {
            line.append((char) b);
        }
        if (b < 0) {
            throw new IOException("closed after \"" + line + "\"");
        }
        return line.toString().strip();
    }

    /** Whether something has come, or the connection has ended. */
    boolean hasAnswer() {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            return true;
        }
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
