package lychgate.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.portal.CountingMeters;

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

/** How long a request may take. */
class HttpDeadlinesTest {
    private final CountingMeters meters = new CountingMeters();
    private final Server server = new Server();

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private Socket asksFor(Handler handler) throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.addBean(
                new HttpDeadlines(
                        connector,
                        meters,
                        new HttpDeadlines.Bounds(8, HttpDeadlines.HEADERS, "late")));
        server.addConnector(connector);
        server.setHandler(handler);
        server.start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
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

    private static int readUntilTheEnd(Socket client) {
        try {
            return client.getInputStream().read();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
