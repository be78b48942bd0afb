package lychgate.link.amp;

import lychgate.address.BindFailure;
import lychgate.evennia.GameServer;
import lychgate.evennia.wire.PortalProcess;
import lychgate.link.Orphans;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.GameLink;
import lychgate.session.Meters;
import lychgate.session.PortalSide;
import lychgate.session.SessionSync;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The link to an Evennia Server. It listens for the Server and for Evennia's launcher, and behaves
 * to both as Evennia's Portal does.
 *
 * <p>A connection counts for nothing until it has shown what it is: a game by asking for the
 * sessions, a launcher by its question or order. There is one game at a time.
 */
public final class AmpLink implements GameLink {
    private static final Logger log = LoggerFactory.getLogger(AmpLink.class);

    /** How long to wait for the last messages to the game when the portal stops. */
    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long an operator's restart waits for the game to stop and start. */
    private static final long RESTART_SECONDS =
            TimeUnit.NANOSECONDS.toSeconds(GameLife.STOP_NANOS + GameLife.START_NANOS) + 5;

    private static final long ROOT = 0;

    private static final String STOPS = "The portal is stopping.";

    private static final String NOT_BACK = "The game has not come back: its log says why.";

    private final AmpConfig config;
    private final @Nullable GameServer server;
    private final boolean autostart;
    private final PortalProcess process;
    private final Orphans orphans;
    private final Peers peers;
    private final Meters meters;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Instant created;
    private final CompletableFuture<Optional<String>> stopped = new CompletableFuture<>();
    private volatile @Nullable Started started;

    /** The parts that exist from {@link #start} on. */
    private record Started(
            AmpLoop loop,
            CurrentGame game,
            LinkedSessions sessions,
            AwaitedSessions awaited,
            GameLife life,
            GameOrders orders) {}

    /**
     * @param server starts and watches the game's process; null if it is started elsewhere
     * @param autostart whether the game is started with the portal
     * @param orphans sessions that ended with an earlier portal, of which a game may not know yet
     * @param peers tells which user a connection belongs to
     */
    public AmpLink(
            AmpConfig config,
            @Nullable GameServer server,
            boolean autostart,
            PortalProcess process,
            Orphans orphans,
            Peers peers,
            Meters meters,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.config = config;
        this.server = server;
        this.autostart = autostart;
        this.process = process;
        this.orphans = orphans;
        this.peers = peers;
        this.meters = meters;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.created = clock.instant();
    }

    @Override
    public void start(PortalSide portal, List<SessionSync> present) throws IOException {
        AwaitedSessions awaited = new AwaitedSessions(orphans.awaited(), meters);
        ForgottenSessions forgotten = new ForgottenSessions(orphans, awaited);
        LinkedSessions sessions =
                new LinkedSessions(portal, created, forgotten, meters, clock, nanoTime);
        present.forEach(sessions::connected);
        AmpLoop loop = listen();
        CurrentGame game = new CurrentGame();
        Launchers launchers = new Launchers(loop, process, game);
        GameOrders orders = new GameOrders(server, loop, game, sessions, launchers, process);
        GameLife life = new GameLife(server != null, orders);
        started = new Started(loop, game, sessions, awaited, life, orders);
        Long outlived = orders.open(); // after binding, so that no other portal is running
        if (outlived != null) {
            life.outlived(outlived);
        }
        DroppedMessages dropped = new DroppedMessages(meters, nanoTime);
        GameArrivals arrivals =
                new GameArrivals(
                        loop, game, life, sessions, portal, launchers, forgotten, created,
                        nanoTime);
        loop.start(
                new Incoming(
                        new GameMessages(
                                game, arrivals, life, sessions, awaited, portal, dropped, nanoTime),
                        arrivals,
                        life,
                        new LauncherOrders(loop, life, launchers, dropped, nanoTime),
                        dropped,
                        users(),
                        meters,
                        nanoTime));
    }

    @Override
    public void ready() {
        if (autostart) {
            GameLife life = started().life;
            loop().run(() -> life.start(List.of(), nanoTime.getAsLong()));
        }
    }

    /** The port on which the link listens. */
    public int port() {
        return loop().port();
    }

    @Override
    public Map<String, Integer> ports() {
        return Map.of("amp", port());
    }

    @Override
    public boolean isInProcess() {
        return false;
    }

    @Override
    public long busyNanos() {
        Started there = started;
        return there == null ? 0 : there.loop.busyNanos();
    }

    /** Restarts the game, or starts it if it is not running. */
    @Override
    public void reload(Supplier<List<SessionSync>> present) throws IOException {
        if (server == null) {
            throw new IOException(
                    "The game is not Lychgate's to start: set evennia.game_dir, or restart it where"
                            + " it was started (evennia reload).");
        }
        CompletableFuture<Optional<String>> failure = new CompletableFuture<>();
        GameLife life = started().life;
        loop().run(() -> life.restart(failure, nanoTime.getAsLong()));
        failure.completeOnTimeout(Optional.of(NOT_BACK), RESTART_SECONDS, TimeUnit.SECONDS);
        String why = failure.applyToEither(stopped, result -> result).join().orElse("");
        if (!why.isEmpty()) {
            throw new IOException(why);
        }
    }

    @Override
    public void stop() {
        stopped.complete(Optional.of(STOPS));
        Started there = started;
        if (there != null) {
            there.orders.close();
            there.loop.closeListener();
            awaitFlushed(there.game);
            there.loop.stop();
        }
    }

    @Override
    public State state() {
        Started there = started;
        return there != null && there.sessions.isUp() ? State.UP : State.AWAY;
    }

    @Override
    public long awayNanos() {
        Started there = started;
        return there == null || there.sessions.isUp()
                ? 0
                : nanoTime.getAsLong() - there.sessions.awaySince();
    }

    @Override
    public void connected(SessionSync session) {
        sessions().connected(session);
    }

    @Override
    public void resumed(SessionSync session) {
        Started there = started();
        there.sessions.resumed(session);
        there.loop.run(() -> there.awaited.came(session.sessid()));
    }

    @Override
    public void factsChanged(long sessid, ClientFacts facts) {
        sessions().factsChanged(sessid, facts);
    }

    @Override
    public void settled(long sessid) {
        sessions().settled(sessid);
    }

    @Override
    public void dataIn(long sessid, List<CommandTuple> commands) {
        sessions().dataIn(sessid, commands);
    }

    @Override
    public void disconnected(long sessid, String reason) {
        sessions().disconnected(sessid);
    }

    /** Does nothing: Evennia cannot be told to wait for one client. */
    @Override
    public void writable(long sessid, boolean writable) {}

    /** The users whose processes may connect as game or launcher. */
    private Set<Long> users() {
        Set<Long> users = new HashSet<>();
        users.add(ROOT);
        peers.self().ifPresent(users::add);
        if (server != null) {
            server.owner().ifPresent(users::add);
        }
        return users;
    }

    private AmpLoop listen() throws IOException {
        InetAddress address = InetAddress.ofLiteral(config.listenAddress());
        if (!address.isLoopbackAddress()) {
            log.warn(
                    "AMP listener: {} is not a loopback address; anyone who can reach the port"
                            + " controls the game and its players (docs/security.md)",
                    config.listenAddress());
        } else if (config.allowRemote()) {
            log.warn(
                    "AMP listener: amp.allow_remote is true; any local user controls the game and"
                            + " its players (docs/security.md)");
        }
        try {
            return new AmpLoop(
                    new InetSocketAddress(address, config.port()),
                    config.allowRemote() ? null : peers,
                    nanoTime);
        } catch (IOException e) {
            throw BindFailure.of(
                    "amp.port", config.port(), e, "free it (does Evennia's own Portal run?)");
        }
    }

    private Started started() {
        return Objects.requireNonNull(started, "not started");
    }

    private AmpLoop loop() {
        return started().loop;
    }

    private LinkedSessions sessions() {
        return started().sessions;
    }

    private void awaitFlushed(CurrentGame game) {
        AmpConnection last = game.connection();
        long until = nanoTime.getAsLong() + FAREWELL_NANOS;
        while (last != null && !last.flushed() && nanoTime.getAsLong() - until < 0) {
            last.flush();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
