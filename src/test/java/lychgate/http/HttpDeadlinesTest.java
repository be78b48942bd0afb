package lychgate.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.testing.Await;
import lychgate.testing.CountingMeters;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** How long a request may take. */
class HttpDeadlinesTest {
    private final CountingMeters meters = new CountingMeters();
    private final Server server = new Server();

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private Socket asksFor(Handler handler) throws Exception {
        return asks(serves(handler, new HttpDeadlines.Bounds(8, HttpDeadlines.HEADERS, "late")));
    }

    private int serves(Handler handler, HttpDeadlines.Bounds bounds) throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.addBean(new HttpDeadlines(connector, meters, bounds));
        server.addConnector(connector);
        server.setHandler(handler);
        server.start();
        return connector.getLocalPort();
    }

    private static Socket asks(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Never answers; gives the request that much time. */
    private static Handler waits(Duration time) {
        return new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                HttpDeadlines.of(request).asked(request);
                HttpDeadlines.of(request).extend(request, time);
                return true;
            }
        };
    }

    @Test
    void requestHasTheTimeThatItsHandlerGivesIt() throws Exception {
        try (Socket client = asksFor(waits(Duration.ofMillis(1)))) {
            assertEquals(-1, readUntilTheEnd(client));
            assertEquals(1, meters.count("refused late"));
        }
    }

    /** Never answers. */
    private static Handler after(BiConsumer<HttpDeadlines, Request> step, AtomicInteger asked) {
        return new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                HttpDeadlines deadlines = HttpDeadlines.of(request);
                deadlines.asked(request);
                step.accept(deadlines, request);
                asked.incrementAndGet();
                return true;
            }
        };
    }

    @Test
    void bodyThatDoesNotComeInTimeEndsTheConnection() throws Exception {
        var bounds = new HttpDeadlines.Bounds(8, Duration.ofMillis(500), "late");
        int port = serves(after(HttpDeadlines::reads, new AtomicInteger()), bounds);
        try (Socket client = asks(port)) {
            assertEquals(-1, readUntilTheEnd(client));
            assertEquals(1, meters.count("refused late"));
        }
    }

    @Test
    void whoseBodyIsAwaitedIsClosedWhenThereAreTooMany() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        var bounds = new HttpDeadlines.Bounds(1, HttpDeadlines.HEADERS, "late");
        int port = serves(after(HttpDeadlines::reads, asked), bounds);
        try (Socket slow = asks(port)) {
            Await.equal(1, asked::get);
            try (Socket other = asks(port)) {
                assertEquals(-1, readUntilTheEnd(slow));
                assertEquals(0, other.getInputStream().available());
            }
        }
    }

    @Test
    void heldAnswersDoNotCount() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        var bounds = new HttpDeadlines.Bounds(1, HttpDeadlines.HEADERS, "late");
        int port =
                serves(after((all, one) -> all.holds(one, Duration.ofSeconds(25)), asked), bounds);
        try (Socket one = asks(port)) {
            Await.equal(1, asked::get);
            try (Socket two = asks(port)) {
                Await.equal(2, asked::get);
                assertEquals(0, meters.count("refused late"));
                assertEquals(0, one.getInputStream().available());
                assertEquals(0, two.getInputStream().available());
            }
        }
    }

    private static int readUntilTheEnd(Socket client) {
        try {
            return client.getInputStream().read();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
