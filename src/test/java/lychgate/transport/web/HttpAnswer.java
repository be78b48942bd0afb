package lychgate.transport.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The answer to one HTTP request, which is sent byte by byte as given.
 *
 * @param head status line and headers
 * @param body as it came
 */
record HttpAnswer(List<String> head, byte[] body) {
    private static final int PATIENCE = 10_000;
    private static final String END = "\r\n\r\n";

    /** Asks for a path; the connection ends with the answer. */
    static HttpAnswer to(int port, String method, String path, String... headers) {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        List<String> all = new ArrayList<>(List.of(headers));
        if (all.stream().noneMatch(each -> each.startsWith("Host:"))) {
            all.add("Host: localhost:" + port);
        }
        if (all.stream().noneMatch(each -> each.startsWith("Connection:"))) {
            all.add("Connection: close");
        }
        for (String header : all) {
            request.append(header).append("\r\n");
        }
        return to(port, request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    private static HttpAnswer to(int port, byte[] request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            String all = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            int end = all.indexOf(END);
            return new HttpAnswer(
                    all.substring(0, end).lines().toList(),
                    all.substring(end + END.length()).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int status() {
        return Integer.parseInt(head.getFirst().split(" ", 3)[1]);
    }

    /** The value of a header; empty where there is none. */
    String header(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return head.stream()
                .filter(each -> each.toLowerCase(Locale.ROOT).startsWith(start))
                .map(each -> each.substring(start.length()).strip())
                .findFirst()
                .orElse("");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
