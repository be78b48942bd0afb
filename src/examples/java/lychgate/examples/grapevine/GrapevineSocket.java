package lychgate.examples.grapevine;

import lychgate.oob.MalformedException;
import lychgate.plugin.OutboundLink;
import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One connection to Grapevine: bounded in what it reads, and in what waits to be sent. */
final class GrapevineSocket implements WebSocket.Listener, AutoCloseable {
    /** Longest message in characters: more than anybody says at once. */
    static final int MAX_MESSAGE = 16 * 1024;

    /** Most messages that wait to be sent. */
    static final int MAX_UNSENT = 60;

    /** Most messages that have been received and are not read. */
    private static final int MAX_UNREAD = 16;

    /** Between two messages that are read: faster nobody can follow the talk. */
    private static final Duration PACE = Duration.ofMillis(20);

    private static final Duration CONNECT = Duration.ofSeconds(15);

    /** The network sends a heartbeat every 15 s. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /**
     * After so long without a message a ping is sent, which fails where the connection has ended:
     * the library loses an end that comes while it hands over a message, or may hand over none.
     */
    private static final Duration PING = Duration.ofSeconds(5);

    private final Account account;
    private final OutboundLink game;
    private final Meters meters;
    private final StringBuilder message = new StringBuilder();
    private final CompletableFuture<String> over = new CompletableFuture<>();
    private final BlockingQueue<Optional<String>> unread = new LinkedBlockingQueue<>(); // or: over
    private final Semaphore room = new Semaphore(MAX_UNSENT);
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private volatile @Nullable WebSocket socket;
    private volatile boolean authenticated;

    GrapevineSocket(Account account, OutboundLink game, Meters meters) {
        this.account = account;
        this.game = game;
        this.meters = meters;
    }

    boolean isAuthenticated() {
        return authenticated;
    }

    /** Connects, and stays until the connection is over. */
    void serve(HttpClient client, URI url) throws IOException, InterruptedException {
        CompletableFuture<WebSocket> coming =
                client.newWebSocketBuilder().connectTimeout(CONNECT).buildAsync(url, this);
        try {
            socket = coming.get(CONNECT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            coming.cancel(true);
            throw new IOException("cannot be reached: " + e, e);
        }
        send(Events.authenticate(account));
        readAll(coming.join());
    }

    private void readAll(WebSocket from) throws IOException, InterruptedException {
        long last = System.nanoTime();
        while (true) {
            Optional<String> next = unread.poll(PING.toMillis(), TimeUnit.MILLISECONDS);
            if (next != null) {
                if (next.isEmpty()) {
                    throw new IOException(over.join());
                }
                read(next.get());
                Thread.sleep(PACE);
                from.request(1);
                last = System.nanoTime();
            } else if (System.nanoTime() - last > SILENCE.toNanos()) {
                throw new IOException("silent for " + SILENCE.toSeconds() + " s");
            } else {
                ping(from);
            }
        }
    }

    private void ping(WebSocket to) {
        CompletableFuture<?> _ =
                to.sendPing(ByteBuffer.allocate(0))
                        .whenComplete(
                                (_, error) -> {
                                    if (error instanceof IOException) { // not: one is on its way
                                        end(error.toString());
                                    }
                                });
    }

    /** Sends a message when those before it have been sent. */
    synchronized void send(String text) {
        WebSocket to = socket;
        if (to == null || !room.tryAcquire()) {
            meters.refused("grapevine_unsent");
            return;
        }
        sending =
                sending.thenCompose(_ -> to.sendText(text, true))
                        .whenComplete((_, _) -> room.release());
    }

    @Override
    public void onOpen(WebSocket from) {
        from.request(MAX_UNREAD);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        if (message.length() + part.length() > MAX_MESSAGE) {
            meters.malformed("grapevine_message");
            end("a message was too long");
            return null;
        }
        message.append(part);
        if (last) {
            unread.add(Optional.of(message.toString()));
            message.setLength(0);
        } else {
            from.request(1);
        }
        return null;
    }

    private void read(String text) {
        try {
            switch (Events.read(text)) {
                case Events.Authenticated(boolean success) -> authenticated(success);
                case Events.Heartbeat() -> send(Events.heartbeat());
                case Events.Broadcast(var channel, var command) -> {
                    if (channel.equals(account.channel())) {
                        game.dataIn(command);
                    }
                }
                case Events.Other() -> {}
            }
        } catch (MalformedException e) {
            meters.malformed("grapevine_message");
        }
    }

    private void authenticated(boolean success) {
        authenticated = success;
        if (!success) {
            game.disconnect("Grapevine does not accept plugins.grapevine.client_id and its secret");
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end("closed with " + code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end(error.toString());
    }

    private void end(String why) {
        over.complete(why);
        close();
    }

    /** Closes the connection at once. Any thread may call, more than once. */
    @Override
    public void close() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        over.complete("ended");
        unread.add(Optional.empty());
    }
}
