package lychgate.link.nats;

import lychgate.bus.Greeting;
import lychgate.nats.Bus;
import lychgate.nats.NatsConfig;
import lychgate.nats.NatsStream;
import lychgate.nats.Peer;
import lychgate.nats.Subjects;
import lychgate.plugin.Scheduler;
import lychgate.plugin.Scheduler.Cancellable;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.GameLink;
import lychgate.session.Meters;
import lychgate.session.PortalSide;
import lychgate.session.SessionSync;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The link over NATS to a game that another portal serves. A session is brought to the shard that
 * the configuration names, and goes to another when its game says so.
 */
public final class NatsLink implements GameLink {
    private final NatsConfig config;
    private final Supplier<? extends Bus> bus;
    private final Subjects subjects;
    private final Greeting greeting;
    private final Scheduler timer;
    private final Runnable superseded;
    private final Meters meters;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Map<Long, ShardSession> sessions = new ConcurrentHashMap<>();
    private final LeftSessions left = new LeftSessions();
    private final Map<String, ShardLink> shards = new ConcurrentHashMap<>();
    private volatile @Nullable Started started;

    private record Started(ShardLink home, Bus.Listening subscription, Cancellable ticking) {}

    /**
     * @param bus asked from the start on
     * @param greeting what this portal says of itself
     * @param superseded run when a game speaks with another portal of this number
     */
    public NatsLink(
            NatsConfig config,
            Supplier<? extends Bus> bus,
            Greeting greeting,
            Scheduler timer,
            Runnable superseded,
            Meters meters,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.config = config;
        this.bus = bus;
        this.subjects = config.subjects();
        this.greeting = greeting;
        this.timer = timer;
        this.superseded = superseded;
        this.meters = meters;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public void start(PortalSide portal, List<SessionSync> present) {
        ShardLink.Shards all =
                new ShardLink.Shards() {
                    @Override
                    public ShardLink shard(String name) {
                        return shards.computeIfAbsent(name, this::make);
                    }

                    private ShardLink make(String name) {
                        return new ShardLink(
                                name,
                                sessions,
                                portal,
                                this,
                                left,
                                NatsLink.this::streamTo,
                                meters,
                                clock,
                                nanoTime);
                    }

                    @Override
                    public void superseded() {
                        superseded.run();
                    }
                };
        ShardLink home = all.shard(config.shard());
        long now = nanoTime.getAsLong();
        present.forEach(
                session -> sessions.put(session.sessid(), new ShardSession(session, home, now)));
        Bus.Listening subscription =
                bus.get()
                        .subscribe(
                                subjects.toPortal(config.portal()),
                                (subject, frame) -> {
                                    ShardLink from = shards.get(Subjects.last(subject));
                                    if (from != null) {
                                        from.received(frame);
                                    }
                                });
        Cancellable ticking =
                timer.every(NatsStream.TICK, () -> shards.values().forEach(ShardLink::tick));
        started = new Started(home, subscription, ticking);
    }

    private NatsStream streamTo(String shard) {
        return new NatsStream(
                "the game of shard " + shard,
                true,
                greeting,
                bus,
                subjects.toGame(shard, config.portal()),
                meters,
                nanoTime);
    }

    @Override
    public void stop() {
        Started there = started;
        if (there != null) {
            there.ticking.cancel();
            shards.values().forEach(ShardLink::leave);
            there.subscription.close();
        }
    }

    /** The shards that sessions have been brought to, by name. */
    public Map<String, Peer> peers() {
        Map<String, Peer> peers = new HashMap<>();
        shards.forEach(
                (name, shard) ->
                        peers.put(
                                name,
                                new Peer(
                                        shard::stream,
                                        () -> shard.isUp() ? Peer.State.UP : Peer.State.AWAY,
                                        () -> heldFor(shard))));
        return peers;
    }

    private int heldFor(ShardLink shard) {
        int held = 0;
        for (ShardSession session : sessions.values()) {
            synchronized (session) {
                held += session.shard().equals(shard) ? session.waiting() : 0;
            }
        }
        return held;
    }

    @Override
    public boolean isInProcess() {
        return false;
    }

    @Override
    public State state() {
        Started there = started;
        return there != null && there.home.isUp() ? State.UP : State.AWAY;
    }

    @Override
    public long awayNanos() {
        Started there = started;
        return there == null ? 0 : there.home.awayNanos();
    }

    @Override
    public long longestAwayNanos() {
        return shards.values().stream().mapToLong(ShardLink::awayNanos).max().orElse(0);
    }

    @Override
    public long awayNanos(long sessid) {
        ShardSession session = sessions.get(sessid);
        return session == null ? awayNanos() : session.shard().awayNanos();
    }

    @Override
    public void reload(Supplier<List<SessionSync>> present) throws IOException {
        throw new IOException(
                "The game is served by another portal: restart it there (lychgate reload, at the"
                        + " portal of shard "
                        + config.shard()
                        + ").");
    }

    @Override
    public void connected(SessionSync sync) {
        ShardLink home = Objects.requireNonNull(started, "not started").home;
        ShardSession session = new ShardSession(sync, home, nanoTime.getAsLong());
        sessions.put(session.id(), session);
        with(session.id(), GameTelling::connected);
    }

    @Override
    public void factsChanged(long sessid, ClientFacts facts) {
        with(sessid, (game, session) -> game.factsChanged(session, facts));
    }

    @Override
    public void settled(long sessid) {
        with(sessid, GameTelling::settled);
    }

    @Override
    public void dataIn(long sessid, List<CommandTuple> commands) {
        with(sessid, (game, session) -> game.dataIn(session, commands));
    }

    @Override
    public void disconnected(long sessid, String reason) {
        with(sessid, (game, session) -> game.disconnected(session, reason));
    }

    @Override
    public void writable(long sessid, boolean writable) {
        with(sessid, (game, session) -> game.writable(session, writable));
    }

    private void with(long sessid, BiConsumer<GameTelling, ShardSession> action) {
        ShardSession session = sessions.get(sessid);
        if (session != null) {
            synchronized (session) {
                action.accept(session.shard().telling(), session);
            }
        }
    }
}
