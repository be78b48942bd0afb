package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.testing.RecordingPortal;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that others have written: the JDK's. */
class JdkClientTest {

    @Test
    void linesAndTextsPassAndTheEndIsOrderly() throws Exception {
        RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
        Heard heard = new Heard();
        try (WebSockets web = new WebSockets(portal, WebSockets.CONFIG);
                HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket =
                    client.newWebSocketBuilder()
                            .subprotocols("v1.evennia.com")
                            .buildAsync(
                                    URI.create("ws://127.0.0.1:" + web.port("web") + "/ws"), heard)
                            .get(20, TimeUnit.SECONDS);
            assertEquals("v1.evennia.com", socket.getSubprotocol());
            socket.sendText("[\"text\",[\"lo", false).join();
            socket.sendText("ok\"],{}]", true).join();
            portal.game().awaits("1 text look").text(1, "x".repeat(100_000));
            assertEquals("[\"text\",[\"" + "x".repeat(100_000) + "\"],{}]", heard.next());
            portal.game().disconnect(1, "Farewell!");
            assertEquals("[\"text\",[\"Farewell!\"],{}]", heard.next());
            assertEquals("closed 1000", heard.next());
        } finally {
            portal.close();
        }
    }

    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence text, boolean last) {
            message.append(text);
            if (last) {
                messages.add(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            messages.add("closed " + code);
            return null;
        }

        private @Nullable String next() throws InterruptedException {
            return messages.poll(20, TimeUnit.SECONDS);
        }
    }
}
