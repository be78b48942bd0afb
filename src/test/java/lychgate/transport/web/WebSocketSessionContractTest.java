package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import lychgate.oob.Json;
import lychgate.portal.RecordingPortal;
import lychgate.portal.SessionContract;
import lychgate.session.CommandTuple;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A session over a WebSocket is like any other: the JDK's client, in each text format. */
final class WebSocketSessionContractTest implements SessionContract {

    @Override
    public Service listens(RecordingPortal portal) {
        return WebSockets.listening(portal, port -> new Player(port, "v1.evennia.com"));
    }

    /** It reads only when something is expected of it. */
    static final class Player implements Client, WebSocket.Listener {
        private static final HttpClient CLIENTS = HttpClient.newHttpClient();
        private static final int PATIENCE_SECONDS = 20;

        private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
        private final StringBuilder seen = new StringBuilder();
        private final boolean json;
        private final WebSocket socket;

        private sealed interface Heard {}

        private record Words(String text) implements Heard {}

        private record End(int code) implements Heard {}

        Player(int port, String subprotocol) {
            json = subprotocol.startsWith("v1");
            socket =
                    CLIENTS.newWebSocketBuilder()
                            .subprotocols(subprotocol)
                            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/"), this)
                            .join();
            assertEquals(subprotocol, socket.getSubprotocol());
        }

        @Override
        public void onOpen(WebSocket opened) {}

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence text, boolean last) {
            heard.add(new Words(text.toString()));
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket from, ByteBuffer bytes, boolean last) {
            heard.add(new Words(StandardCharsets.UTF_8.decode(bytes).toString()));
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            heard.add(new End(code));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            heard.add(new End(1006));
        }

        @Override
        public void types(String line) {
            if (json) {
                socket.sendText(Json.write(CommandTuple.text(line)), true).join();
            } else {
                socket.sendBinary(
                                ByteBuffer.wrap((line + "\r\n").getBytes(StandardCharsets.UTF_8)),
                                true)
                        .join();
            }
        }

        @Override
        public void sees(String words) {
            while (seen.indexOf(words) < 0) {
                switch (next()) {
                    case Words(String text) -> seen.append(text);
                    case End(int code) -> throw new AssertionError(code + " before " + words);
                }
                if (seen.length() > 100_000) {
                    seen.delete(0, seen.length() - 1_000);
                }
            }
            seen.delete(0, seen.indexOf(words) + words.length());
        }

        @Override
        public void stopsReading() {}

        @Override
        public void readsOn() {}

        @Override
        public void sendsNoMore() {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }

        @Override
        public void isGone() {
            socket.abort();
        }

        @Override
        public void seesTheEnd() {
            while (true) {
                if (next() instanceof End(int code)) {
                    assertEquals(WebSocket.NORMAL_CLOSURE, code);
                    return;
                }
            }
        }

        private Heard next() {
            if (heard.isEmpty()) {
                socket.request(1);
            }
            try {
                Heard next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertNotNull(next, "nothing came");
                return next;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
