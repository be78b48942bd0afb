package lychgate.transport.web;

import lychgate.address.HostPort;
import lychgate.testing.Await;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A game's web server that remembers what it was asked, byte for byte, and answers as told. */
final class GameSite implements AutoCloseable {
    private final ServerSocket listener;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Answer answer = (_, _, out) -> say(out, "HTTP/1.1 200 OK", "fine");

    /** Answers a request, whose head has been read. */
    interface Answer {
        void to(String head, InputStream body, OutputStream out) throws IOException;
    }

    GameSite() {
        this(0);
    }

    GameSite(int port) {
        try {
            listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // A virtual thread would accept a connection that comes while it is being closed.
        Thread.ofPlatform().daemon().start(this::accept);
    }

    HostPort at() {
        return new HostPort("127.0.0.1", listener.getLocalPort());
    }

    GameSite answers(Answer with) {
        answer = with;
        return this;
    }

    /** Answers that, with these headers, and ends the connection. */
    static void say(OutputStream out, String status, String text, String... headers)
            throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        String head =
                "%s\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n"
                        .formatted(status, more, text.length());
        out.write((head + text).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** The heads of all requests. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** The head of the only request. */
    String onlyRequest() {
        Await.equal(1, asked::size);
        return asked.getFirst();
    }

    /** The values of a header in the head of a request. */
    static List<String> values(String head, String name) {
        String begin = name.toLowerCase(Locale.ROOT) + ":";
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(begin))
                .map(line -> line.substring(begin.length()).strip())
                .toList();
    }

    int connections() {
        return open.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                if (listener.isClosed()) {
                    socket.close();
                    return;
                }
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // it is closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int c = in.read();
                if (c < 0) {
                    return;
                }
                head.append((char) c);
            }
            asked.add(head.toString());
            answer.to(head.toString(), in, socket.getOutputStream());
        } catch (IOException e) {
            // the proxy has closed it
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket each : open) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
