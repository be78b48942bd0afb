package lychgate.link.amp;

import lychgate.evennia.GameServer;
import lychgate.evennia.wire.PortalProcess;
import lychgate.link.Orphans;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.GameLink.State;
import lychgate.session.Login;
import lychgate.session.Meters;
import lychgate.session.PortalSide;
import lychgate.session.SessionChange;
import lychgate.session.SessionSync;
import lychgate.testing.Await;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A link that listens on a free port, with a portal that writes down what the game says, and a
 * clock that a test can put forward.
 */
public final class ListeningLink
        implements PortalSide, PortalProcess, Orphans, Meters, AutoCloseable {
    static final Instant NOW = Instant.ofEpochSecond(1_000, 500_000_000);

    /** The user of the portal. */
    static final long OWN_USER = 1001;

    /** The user of the game, where the portal starts it. */
    static final long GAMES_USER = 1002;

    private final AtomicLong later = new AtomicLong();
    private final List<String> did = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> counted = new CopyOnWriteArrayList<>();
    private final Map<Long, SessionSync> syncs = new ConcurrentHashMap<>();
    private final Set<Long> processes = ConcurrentHashMap.newKeySet();
    private final Set<Long> orphans = ConcurrentHashMap.newKeySet();
    private final Set<Long> awaited = ConcurrentHashMap.newKeySet();
    private final AtomicLong nextPid = new AtomicLong(100);
    private final AtomicInteger reloads = new AtomicInteger();
    private volatile Peers.Owner peer = new Peers.User(OWN_USER);
    private volatile boolean startFails;
    private volatile boolean fails;
    private volatile boolean inTurn;
    private @Nullable Long outlived;
    private @Nullable AmpLink made;

    /** Begins to listen; without {@code starts}, somebody else must start the game. */
    ListeningLink listens(boolean starts) {
        InstantSource clock = InstantSource.fixed(NOW);
        AmpLink link =
                new AmpLink(
                        new AmpConfig("127.0.0.1", 0, false),
                        starts ? new Server() : null,
                        false,
                        this,
                        this,
                        new Users(),
                        this,
                        clock,
                        () -> System.nanoTime() + later.get());
        try {
            link.start(this, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        made = link;
        return this;
    }

    AmpLink link() {
        return Objects.requireNonNull(made);
    }

    int port() {
        return link().port();
    }

    /** How often a game has come back. */
    int reloads() {
        return reloads.get();
    }

    /** The operator has the game restarted; {@link #awaitsTold} knows what came of it. */
    void restarts() {
        AmpLink restarted = link();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                restarted.reload(List::of);
                                told.add("The game is back.");
                            } catch (IOException e) {
                                told.add(String.valueOf(e.getMessage()));
                            }
                        });
    }

    List<String> told() {
        return List.copyOf(told);
    }

    /** What the operator is told. */
    void awaitsTold(String sentence) {
        Await.until(sentence + " in " + told, () -> told.contains(sentence));
    }

    @Override
    public void reloaded(long awayNanos) {
        counted.add("back");
        reloads.incrementAndGet();
    }

    /** A game connects, and is the game when this returns. */
    FakeGame game(long pid) {
        processes.add(pid);
        FakeGame game = FakeGame.game(port(), pid);
        Await.equal(State.UP, link()::state);
        return game;
    }

    /** Puts the clock forward. */
    void after(Duration time) {
        later.addAndGet(time.toNanos());
    }

    ListeningLink connects(long id) {
        SessionSync sync = SessionSync.opened(id, "telnet-tls", "192.0.2.1", ClientFacts.NONE, NOW);
        syncs.put(id, sync);
        link().connected(sync);
        return this;
    }

    /** A session that existed before comes here. */
    ListeningLink resumes(SessionSync sync) {
        syncs.put(sync.sessid(), sync);
        link().resumed(sync);
        return this;
    }

    /** Whether something was told of a session since a turn has ended. */
    boolean isInTurn() {
        return inTurn;
    }

    ListeningLink types(long id, String... lines) {
        for (String line : lines) {
            link().dataIn(id, List.of(CommandTuple.text(line)));
        }
        return this;
    }

    ListeningLink disconnects(long id) {
        link().disconnected(id, "gone");
        return this;
    }

    /** What the portal kept of a session. */
    SessionSync sync(long id) {
        return Objects.requireNonNull(syncs.get(id));
    }

    /** What the game and launchers had done, in order. */
    List<String> did() {
        return List.copyOf(did);
    }

    void awaits(String line) {
        Await.until(line + " in " + did, () -> did.contains(line));
    }

    List<String> counted() {
        return List.copyOf(counted);
    }

    void orphan(long id) {
        orphans.add(id);
    }

    /** A session of another portal that may come back. */
    ListeningLink awaitsSession(long id) {
        awaited.add(id);
        return this;
    }

    /** The process has ended. */
    void ends(long pid) {
        processes.remove(pid);
    }

    /** A game of a portal before runs still. */
    ListeningLink outlived(long pid) {
        outlived = pid;
        processes.add(pid);
        return this;
    }

    /** The portal has a bug, and cannot send anybody away. */
    void fails() {
        fails = true;
    }

    void cannotStart() {
        startFails = true;
    }

    @Override
    public void close() {
        if (made != null) {
            made.stop();
        }
    }

    // The portal.

    @Override
    public void turnEnds() {
        inTurn = false;
    }

    @Override
    public void dataOut(long sessid, List<CommandTuple> commands) {
        inTurn = true;
        commands.forEach(c -> did.add(sessid + " " + c.name() + " " + c.names().getFirst()));
    }

    @Override
    public void consumed(long sessid, int commands) {
        did.add(sessid + " consumed " + commands);
    }

    @Override
    public void loggedIn(long sessid, long account, String name) {
        did.add(sessid + " logged in as " + name);
    }

    @Override
    public void sync(long sessid, List<SessionChange> changes) {
        syncs.computeIfPresent(sessid, (_, sync) -> sync.with(changes));
    }

    @Override
    public void disconnect(long sessid, String reason) {
        if (fails) {
            throw new IllegalStateException("a test has it fail");
        }
        did.add(sessid + " sent away: " + reason);
    }

    @Override
    public void connectOutwards(String kind, Login account, Map<String, @Nullable Object> config) {
        did.add(kind + " for " + account.uid() + " " + config);
    }

    // Its process.

    @Override
    public String name() {
        return "Elm";
    }

    @Override
    public String version() {
        return "1.2";
    }

    @Override
    public Map<String, Integer> ports() {
        return Map.of("telnet", 4000, "amp", 4006);
    }

    @Override
    public void stop() {
        did.add("portal stopped");
    }

    /** Processes of other users connect, or it cannot be told whose they are, from now on. */
    void connectionsAreOf(Peers.Owner owner) {
        peer = owner;
    }

    private final class Users implements Peers {
        @Override
        public List<Owner> owners(List<Pair> connections) {
            return Collections.nCopies(connections.size(), peer);
        }

        @Override
        public OptionalLong self() {
            return OptionalLong.of(OWN_USER);
        }
    }

    private final class Server implements GameServer {
        @Override
        public @Nullable Long open() {
            return outlived;
        }

        @Override
        public void close() {}

        @Override
        public OptionalLong owner() {
            return OptionalLong.of(GAMES_USER);
        }

        @Override
        public long start(List<String> options) throws IOException {
            did.add(("started " + String.join(" ", options)).strip());
            if (startFails) {
                throw new IOException("twistd ended with 1");
            }
            long pid = nextPid.incrementAndGet();
            processes.add(pid);
            return pid;
        }

        @Override
        public boolean runs(long pid) {
            return processes.contains(pid);
        }
    }

    // What a portal before left.

    @Override
    public List<Long> ids() {
        return new ArrayList<>(orphans);
    }

    @Override
    public List<Long> awaited() {
        return List.copyOf(awaited);
    }

    @Override
    public void gone(Collection<Long> ids) {
        orphans.removeAll(ids);
    }

    // Counters.

    @Override
    public void refused(String reason) {
        counted.add(reason);
    }

    @Override
    public void malformed(String kind) {
        counted.add(kind);
    }

    @Override
    public void inputResent(int commands) {
        counted.add("resent " + commands);
    }
}
