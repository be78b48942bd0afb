package lychgate.examples.grapevine;

import lychgate.oob.MalformedException;
import lychgate.plugin.OutboundLink;
import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One connection to Grapevine: bounded in what it reads, and in what waits to be sent. */
final class GrapevineSocket implements WebSocket.Listener, AutoCloseable {
    /** Longest message in characters: more than anybody says at once. */
    static final int MAX_MESSAGE = 16 * 1024;

    /** Most messages that wait to be sent. */
    static final int MAX_UNSENT = 60;

    /** Between two messages that are read: faster nobody can follow the talk. */
    private static final Duration PACE = Duration.ofMillis(20);

    private static final Duration CONNECT = Duration.ofSeconds(15);

    /** The network sends a heartbeat every 15 s. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Account account;
    private final OutboundLink game;
    private final Meters meters;
    private final StringBuilder message = new StringBuilder();
    private final CompletableFuture<String> over = new CompletableFuture<>();
    private final Semaphore heard = new Semaphore(0);
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
        while (!over.isDone() && heard.tryAcquire(SILENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            heard.drainPermits();
        }
        if (!over.isDone()) {
            throw new IOException("silent for " + SILENCE.toSeconds() + " s");
        }
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
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        if (message.length() + part.length() > MAX_MESSAGE) {
            meters.malformed("grapevine_message");
            end("a message was too long");
            return null;
        }
        message.append(part);
        if (last) {
            heard(message.toString());
            message.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void heard(String text) {
        heard.release();
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
            Thread.sleep(PACE);
        } catch (MalformedException e) {
            meters.malformed("grapevine_message");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
        heard.release();
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
        heard.release();
    }
}
