package lychgate.examples.grapevine;

import lychgate.plugin.Backoff;
import lychgate.plugin.OutboundLink;
import lychgate.plugin.OutboundSession;
import lychgate.session.CommandTuple;
import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A bot in one channel of Grapevine. It connects again for as long as the game wants it. */
final class GrapevineBot implements OutboundSession {
    /** Evennia's name of the protocol. */
    static final String PROTOCOL = "grapevine";

    private static final Logger log = LoggerFactory.getLogger(GrapevineBot.class);

    private final URI url;
    private final Account account;
    private final Meters meters;
    private final Backoff backoff = new Backoff();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable GrapevineSocket socket;

    GrapevineBot(URI url, Account account, Meters meters) {
        this.url = url;
        this.account = account;
        this.meters = meters;
    }

    @Override
    public String protocolKey() {
        return PROTOCOL;
    }

    @Override
    public String address() {
        return account.channel() + "@" + url.getHost();
    }

    /** Connects, again and again, on the thread that it is given. */
    @Override
    public void start(OutboundLink game) {
        try (HttpClient client =
                HttpClient.newBuilder()
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build()) {
            Duration pause = Duration.ZERO;
            while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                connect(client, game);
                pause = backoff.next();
            }
            client.shutdownNow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void connect(HttpClient client, OutboundLink game) throws InterruptedException {
        GrapevineSocket opened = new GrapevineSocket(account, game, meters);
        socket = opened;
        long begun = System.nanoTime();
        try {
            if (stopped.getCount() > 0) {
                opened.serve(client, url);
            }
            log.info("Grapevine {}: the connection is over", address());
        } catch (IOException e) {
            log.info("Grapevine {}: {}", address(), e.getMessage());
        } finally {
            socket = null;
            opened.close();
            if (opened.isAuthenticated()) {
                backoff.ended(Duration.ofNanos(System.nanoTime() - begun));
            }
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
        GrapevineSocket open = socket;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void dataOut(List<CommandTuple> commands) {
        GrapevineSocket open = socket;
        for (CommandTuple command : commands) {
            String message = Events.of(command);
            if (message == null) {
                continue;
            }
            if (open == null || !open.isAuthenticated()) {
                meters.refused("grapevine_unsent");
            } else {
                open.send(message);
            }
        }
    }
}
