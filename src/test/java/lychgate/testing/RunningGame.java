package lychgate.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.plugin.ServerPlugin;
import lychgate.server.Game;
import lychgate.server.GameHost;
import lychgate.server.runtime.ServerSessionHandler;
import lychgate.session.Claim;
import lychgate.session.ClientFacts;
import lychgate.session.SessionSync;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A game that runs without a portal. Its time stands still, but for one nanosecond at each look at
 * the clock, until a test lets it {@link #pass}.
 */
public final class RunningGame implements AutoCloseable {
    /** What the game is told that it is called. */
    public static final String NAME = "Elmstead";

    /** When it is told that the portal was started. */
    public static final Instant STARTED = Instant.parse("2026-11-01T12:00:00Z");

    private static final Instant CONNECTED = Instant.parse("2026-11-01T12:34:56Z");

    private final RecordingPortalSide portal = new RecordingPortalSide();
    private final CountingMeters meters = new CountingMeters();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong lastId;
    private final ServerSessionHandler handler;
    private final List<Visitor> visitors = new ArrayList<>();

    private RunningGame(Game game, List<ServerPlugin> plugins, List<SessionSync> present)
            throws IOException {
        lastId = new AtomicLong(present.stream().mapToLong(SessionSync::sessid).max().orElse(0));
        handler =
                new ServerSessionHandler(
                        game, plugins, NAME, "1.2.3", STARTED, meters, nanos::incrementAndGet);
        present.forEach(portal::keep);
        handler.start(portal, present);
    }

    /** Starts a game, with services that are added to it. */
    public static RunningGame start(Game game, ServerPlugin... plugins) throws IOException {
        return new RunningGame(game, List.of(plugins), List.of());
    }

    /** Starts a game that comes back to sessions which are there already. */
    public static RunningGame restart(Game game, SessionSync... present) throws IOException {
        return new RunningGame(game, List.of(), List.of(present));
    }

    /** What the game told the portal. */
    public RecordingPortalSide portal() {
        return portal;
    }

    /** What the game has counted. */
    public CountingMeters meters() {
        return meters;
    }

    /** What an operator must mend in the game. */
    public List<String> troubles() {
        return handler.troubles();
    }

    /** What the game runs in, as the portal sees it. */
    public ServerSessionHandler handler() {
        return handler;
    }

    /** A client connects, of which nothing is known, and has nothing to negotiate. */
    public Visitor visitor() {
        return visitor("telnet", ClientFacts.NONE);
    }

    /** A client connects, and has nothing to negotiate. */
    public Visitor visitor(String transport, ClientFacts facts) {
        Visitor visitor = newcomer(transport, facts);
        handler.settled(visitor.id());
        return visitor;
    }

    /** A client connects from an address, and has nothing to negotiate. */
    public Visitor visitorFrom(String address) {
        Visitor visitor = newcomer("telnet", ClientFacts.NONE, null, address);
        handler.settled(visitor.id());
        return visitor;
    }

    /** A client connects that says who it is, and has nothing to negotiate. */
    public Visitor visitor(Claim claim) {
        Visitor visitor = newcomer("ssh", ClientFacts.NONE, claim);
        handler.settled(visitor.id());
        return visitor;
    }

    /** A client connects, and still negotiates. */
    public Visitor newcomer(String transport, ClientFacts facts) {
        return newcomer(transport, facts, null);
    }

    private Visitor newcomer(String transport, ClientFacts facts, @Nullable Claim claim) {
        return newcomer(transport, facts, claim, "192.0.2." + (lastId.get() + 1));
    }

    private Visitor newcomer(
            String transport, ClientFacts facts, @Nullable Claim claim, String address) {
        long id = lastId.incrementAndGet();
        SessionSync sync =
                SessionSync.opened(id, transport, address, facts, CONNECTED).withClaim(claim);
        portal.keep(sync);
        handler.connected(sync);
        return present(id);
    }

    /** A client that was there when the game started. */
    public Visitor present(long id) {
        Visitor visitor = new Visitor(this, id);
        visitors.add(visitor);
        return visitor;
    }

    /** All clients go, and the game has seen it. */
    public void everybodyGoes() {
        visitors.forEach(Visitor::goes);
        visitors.clear();
        rest();
    }

    /** Lets time pass; what falls due in it has been done. */
    public void pass(Duration time) {
        rest();
        nanos.addAndGet(time.toNanos());
        rest();
    }

    /** What the game does takes that time. On the game thread. */
    public void takes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Waits until all that was handed in before has been done, and what it sent has left. */
    public void rest() {
        CountDownLatch done = new CountDownLatch(1);
        GameHost host = handler.host();
        host.run(() -> soon(() -> rested(done)));
        try {
            assertTrue(
                    done.await(Await.PATIENCE_SECONDS, TimeUnit.SECONDS), "the game does not rest");
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        handler.stop();
    }

    /**
     * Timers come behind what is done in their turn, and one that a timer sets has another turn.
     */
    private void rested(CountDownLatch done) {
        if (handler.busy()) {
            soon(() -> rested(done));
        } else {
            soon(() -> soon(done::countDown));
        }
    }

    private void soon(Runnable task) {
        handler.host().after(Duration.ofNanos(1), task);
    }
}
