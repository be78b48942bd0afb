package lychgate.link.nats;

import lychgate.bus.Greeting;
import lychgate.bus.MalformedException;
import lychgate.bus.Messages;
import lychgate.bus.SignOfLife;
import lychgate.bus.ToGame;
import lychgate.bus.ToPortal;
import lychgate.nats.NatsStream;
import lychgate.nats.Subjects;
import lychgate.session.CommandTuple;
import lychgate.session.Departure;
import lychgate.session.GameLink;
import lychgate.session.Meters;
import lychgate.session.PortalSide;
import lychgate.session.SessionChange;
import lychgate.text.Markup;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The link to the game of one shard.
 *
 * <pre>
 *               joined                      Ready
 *     AWAY ───────────────► ALL TOLD ───────────────────► UP
 *       ▲                      │                           │
 *       │        left          │         joined            │
 *       └──────────────────────┴──────► ALL TOLD ◄─────────┘
 * </pre>
 *
 * <p>When a stream begins, the game is told of all sessions; when it has them, it is sent what is
 * held of their commands, in order. A game that is silent is away, but nothing is given up: the
 * stream goes on when it is back.
 */
final class ShardLink implements NatsStream.Listener {
    /** How long the game may be silent: four signs of life. */
    static final long SILENCE_NANOS = SignOfLife.SILENCE.toNanos();

    private static final Logger log = LoggerFactory.getLogger(ShardLink.class);

    private static final Markup EXPIRED =
            Markup.of(
                    "|yThe game was out of reach for too long and has let you go; what you typed"
                            + " meanwhile was not done.|n");

    private final String name;
    private final Map<Long, ShardSession> sessions; // of all shards
    private final PortalSide portal;
    private final Shards shards;
    private final LeftSessions left;
    private final Meters meters;
    private final LongSupplier nanoTime;
    private final NatsStream stream;
    private final GameTelling telling;
    private volatile long awaySince;
    private volatile @Nullable Long silentSince; // if it is, for longer than it may
    private long gameBoot; // 0: none yet
    private boolean restarted; // the game is another than the one before

    /** The other shards, and what concerns them all. */
    interface Shards {
        /** The link to a shard; made if there is none. */
        ShardLink shard(String name);

        /** The other end speaks with another portal of this number. */
        void superseded();
    }

    /**
     * @param name of the shard
     * @param sessions of all shards
     * @param left those of them whose clients are gone
     */
    ShardLink(
            String name,
            Map<Long, ShardSession> sessions,
            PortalSide portal,
            Shards shards,
            LeftSessions left,
            StreamFactory streams,
            Meters meters,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.name = name;
        this.sessions = sessions;
        this.portal = portal;
        this.shards = shards;
        this.left = left;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.awaySince = nanoTime.getAsLong();
        this.stream = streams.to(name);
        this.telling = new GameTelling(stream, sessions, left, meters, clock);
    }

    /** Makes the stream to a shard. */
    interface StreamFactory {
        NatsStream to(String shard);
    }

    String name() {
        return name;
    }

    NatsStream stream() {
        return stream;
    }

    /** Whether the game has answered, lately. */
    boolean isUp() {
        return telling.isOpen() && stream.silentNanos() < SILENCE_NANOS;
    }

    /** For how long the game has been away; 0 while it is up. */
    long awayNanos() {
        if (!telling.isOpen()) {
            return nanoTime.getAsLong() - awaySince;
        }
        long silent = stream.silentNanos();
        return silent < SILENCE_NANOS ? 0 : silent;
    }

    void tick() {
        stream.tick();
        noteSilence();
        telling.tellAllNews();
        if (telling.hasRoomAgain()) {
            ofHere(
                    session -> {
                        telling.tell(session);
                        telling.sendHeld(session);
                    });
            stream.flush();
        }
    }

    /** What the game is told of a session that is here. */
    GameTelling telling() {
        return telling;
    }

    /** A session comes from another shard; under its lock. */
    void arrives(ShardSession session) {
        session.arrive(this);
        telling.arrived(session);
    }

    void received(byte[] frame) {
        stream.received(frame, this);
    }

    void leave() {
        stream.leave();
    }

    /** Does something with each session that is here, under its lock, in the order of numbers. */
    private void ofHere(Consumer<ShardSession> action) {
        ofHere(new TreeMap<>(sessions).values(), action);
    }

    /** The same with those of some sessions that are here. */
    private void ofHere(Collection<ShardSession> some, Consumer<ShardSession> action) {
        for (ShardSession session : some) {
            synchronized (session) {
                if (session.shard().equals(this)) {
                    attempt(session.id(), () -> action.accept(session));
                }
            }
        }
    }

    /** What fails for one session leaves the others alone. */
    private static void attempt(long sessid, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.error("{}: could not hand on what its game said", sessid, e);
        }
    }

    // What the stream brings, on the thread of the subscription.

    @Override
    public void joined(int begun, @Nullable Greeting greeting) {
        away();
        long boot = greeting == null ? 0 : greeting.boot();
        boolean expired = boot != 0 && boot == gameBoot;
        restarted = gameBoot != 0 && !expired;
        gameBoot = boot;
        if (expired) {
            expireAll();
        }
        int[] again = {0};
        boolean longAway = awayNanos() >= GameLink.QUIET_NANOS;
        long quiet = nanoTime.getAsLong() - GameLink.QUIET_NANOS;
        telling.begin(begun);
        ofHere(
                session -> {
                    boolean told = longAway && session.openedAt() - quiet <= 0;
                    again[0] += session.lost(told);
                    telling.tell(session);
                });
        if (again[0] > 0) {
            meters.inputResent(again[0]);
        }
        telling.send(new ToGame.AllPresent());
    }

    /** The game there is the one that was there, and has given up all sessions of this portal. */
    private void expireAll() {
        for (ShardSession session : List.copyOf(sessions.values())) {
            int dropped;
            synchronized (session) {
                if (!session.shard().equals(this)) {
                    continue;
                }
                dropped = session.expire();
                if (session.hasEnded()) {
                    sessions.remove(session.id());
                    left.gone(session);
                    continue;
                }
            }
            attempt(
                    session.id(),
                    () -> {
                        portal.sync(session.id(), ShardSession.expired());
                        portal.newToItsGame(session.id());
                        portal.dataOut(session.id(), List.of(CommandTuple.text(EXPIRED.source())));
                        portal.consumed(session.id(), dropped);
                    });
        }
    }

    @Override
    public void message(byte[] bytes) throws MalformedException {
        switch (Messages.toPortal(bytes)) {
            case ToPortal.Ready() -> ready();
            case ToPortal.Output(List<Long> sessids, List<CommandTuple> commands) -> {
                for (long sessid : sessids) {
                    if (isHere(sessid)) {
                        attempt(sessid, () -> portal.dataOut(sessid, commands));
                    }
                }
            }
            case ToPortal.Answered(long sessid, long line) -> answered(sessid, line);
            case ToPortal.LoggedIn(long sessid, long account, String who) -> {
                if (with(sessid, session -> session.loggedIn(account, who))) {
                    portal.loggedIn(sessid, account, who);
                }
            }
            case ToPortal.Changed(long sessid, List<SessionChange> changes) -> {
                if (with(sessid, session -> session.change(changes))) {
                    portal.sync(sessid, changes);
                }
            }
            case ToPortal.Reloaded(long awayNanos) -> portal.reloaded(awayNanos);
            case ToPortal.Ended(long sessid, String reason, Departure why) -> {
                if (with(sessid, ShardSession::dismiss)) {
                    portal.disconnect(sessid, reason, why);
                    with(sessid, telling::leaveIfDone); // its client may have gone before
                }
            }
            case ToPortal.Moved(long sessid, String shard) -> moved(sessid, shard);
            case ToPortal.Parted(long sessid) -> {
                ShardSession session = sessions.get(sessid);
                if (session != null) {
                    goOn(List.of(session));
                }
            }
        }
    }

    private void ready() {
        long away = awayNanos();
        telling.open();
        log.info("the game of shard {} is there", name);
        ofHere(telling::sendHeld);
        stream.flush();
        if (restarted) {
            portal.reloaded(away);
        }
    }

    private void answered(long sessid, long line) {
        ShardSession session = sessions.get(sessid);
        if (session == null) {
            return;
        }
        int done;
        synchronized (session) {
            if (!session.shard().equals(this)) {
                return;
            }
            done = session.answered(line);
            telling.leaveIfDone(session);
        }
        if (done > 0) {
            portal.consumed(sessid, done);
        }
    }

    private void moved(long sessid, String shard) {
        with(
                sessid,
                session -> {
                    if (!Subjects.isName(shard)) {
                        meters.malformed("bus_shard");
                    } else if (!shard.equals(name) && session.goesTo() == null) {
                        session.goTo(shard);
                        telling.send(new ToGame.Parting(sessid));
                    }
                });
    }

    @Override
    public void left() {
        log.info("the game of shard {} has stopped", name);
        away();
    }

    @Override
    public void superseded() {
        shards.superseded();
    }

    private void away() {
        if (telling.isOpen()) {
            Long silent = silentSince;
            awaySince = silent == null ? nanoTime.getAsLong() : silent;
        }
        telling.end();
        goOn(new TreeMap<>(sessions).values()); // the game that they part from is gone
    }

    /** Those of these sessions that are to go to another shard go there. */
    private void goOn(Collection<ShardSession> some) {
        List<Long> gone = new ArrayList<>();
        ofHere(
                some,
                session -> {
                    String goesTo = session.goesTo();
                    if (goesTo != null) {
                        shards.shard(goesTo).arrives(session);
                        gone.add(session.id());
                    }
                });
        gone.forEach(id -> attempt(id, () -> portal.newToItsGame(id)));
    }

    /** A game that dies says nothing: it has been away since it was last heard. */
    private void noteSilence() {
        long silent = stream.silentNanos();
        if (silent < SILENCE_NANOS) {
            silentSince = null;
        } else if (silentSince == null) {
            silentSince = nanoTime.getAsLong() - silent;
        }
    }

    private boolean isHere(long sessid) {
        return with(sessid, _ -> {});
    }

    /** Does something with a session that is here, under its lock; false if there is none. */
    private boolean with(long sessid, Consumer<ShardSession> action) {
        ShardSession session = sessions.get(sessid);
        if (session == null) {
            return false;
        }
        synchronized (session) {
            if (!session.shard().equals(this)) {
                return false;
            }
            action.accept(session);
            return true;
        }
    }

    @Override
    public String toString() {
        return "shard " + name;
    }
}
