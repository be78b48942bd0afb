package lychgate.transport.nats;

import lychgate.bus.Greeting;
import lychgate.bus.MalformedException;
import lychgate.bus.Messages;
import lychgate.bus.SignOfLife;
import lychgate.bus.ToGame;
import lychgate.bus.ToPortal;
import lychgate.nats.NatsStream;
import lychgate.nats.Peer;
import lychgate.plugin.Admission;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler;
import lychgate.plugin.RelayedSessions;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Departure;
import lychgate.session.Login;
import lychgate.session.Presence;
import lychgate.session.SessionChange;
import lychgate.session.SessionNumber;
import lychgate.session.SessionSync;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Another portal whose players meet the game here.
 *
 * <p>What it sends is delivered to one thread at a time; what it is told is the concern of {@link
 * PortalTelling}.
 */
final class RemotePortal implements NatsStream.Listener {
    /** How long it may be silent until its players count as away: four signs of life. */
    static final long SILENCE_NANOS = SignOfLife.SILENCE.toNanos();

    /** How long it may be silent until its sessions end. */
    static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(14);

    /**
     * What may wait for it, in bytes, before its sessions end: a game behind AMP can't be paused.
     */
    static final long MAX_UNACKNOWLEDGED_BYTES = 64L * 1024 * 1024;

    /**
     * How long it takes to find out which of two games of a shard has to end: longer than a claim
     * is asked for.
     */
    static final Duration DECIDED = Duration.ofSeconds(1);

    private static final String FAILURE = "Something went wrong here. Please connect again.";

    private static final Logger log = LoggerFactory.getLogger(RemotePortal.class);

    private final int number;
    private final PortalApplication application;
    private final PortalSessionHandler handler;
    private final RelayedSessions relayed;
    private final BooleanSupplier stopping;
    private final BooleanSupplier entitled;
    private final Runnable superseded;
    private final Map<Long, RelayedSession> sessions = new ConcurrentHashMap<>();
    private final Object delivery = new Object();
    private final PortalTelling telling;
    private volatile boolean away;
    private volatile boolean congested;
    private volatile @Nullable Greeting greeting;

    /**
     * @param streams makes a stream to it, empty and with a new incarnation
     * @param stopping whether this portal stops: the game is not told any more
     * @param entitled whether this portal may serve the shard, and is heard
     * @param superseded run when it speaks with another game of this shard
     */
    RemotePortal(
            int number,
            PortalApplication application,
            Supplier<NatsStream> streams,
            BooleanSupplier stopping,
            BooleanSupplier entitled,
            Runnable superseded) {
        this.number = number;
        this.application = application;
        this.handler = application.sessions();
        this.relayed = handler.relayed();
        this.stopping = stopping;
        this.entitled = entitled;
        this.superseded = superseded;
        this.telling = new PortalTelling(streams);
    }

    NatsStream stream() {
        return telling.stream();
    }

    /** Whether it is there. */
    Peer.State state() {
        if (telling.epoch() == 0) {
            return Peer.State.GONE;
        }
        return away ? Peer.State.AWAY : Peer.State.UP;
    }

    /** What it is told. */
    PortalTelling telling() {
        return telling;
    }

    void received(byte[] frame) {
        synchronized (delivery) {
            stream().received(frame, this);
            if (away && stream().silentNanos() < SILENCE_NANOS) {
                comeBack();
            }
        }
    }

    /**
     * Called often, by the timer.
     *
     * @param listening whether other portals can be heard now
     */
    void tick(boolean listening) {
        NatsStream now = stream();
        now.tick(listening);
        if (telling.epoch() == 0 || stopping.getAsBoolean()) {
            return;
        }
        long silent = now.silentNanos();
        if (silent >= SILENCE_NANOS && !away) {
            synchronized (delivery) {
                if (now.silentNanos() >= SILENCE_NANOS) {
                    goAway();
                }
            }
        }
        if (silent >= GRACE_NANOS) {
            synchronized (delivery) {
                if (now.silentNanos() >= GRACE_NANOS) { // it may have come back just now
                    giveUp("it has been silent for " + Duration.ofNanos(silent).toSeconds() + " s");
                }
            }
        } else if (now.unacknowledgedBytes() > MAX_UNACKNOWLEDGED_BYTES) {
            synchronized (delivery) {
                if (now.unacknowledgedBytes() > MAX_UNACKNOWLEDGED_BYTES && isNow(now)) {
                    application.meters().refused("bus_unsent");
                    giveUp("it does not read what the game sends");
                }
            }
        }
        watchCongestion();
    }

    void leave() {
        telling.flush();
        stream().leave();
    }

    // From the other portal, one at a time.

    @Override
    public void joined(int begun, @Nullable Greeting now) {
        Greeting before = greeting;
        greeting = now;
        if (before == null || now == null || before.boot() != now.boot()) {
            endAll(); // of its predecessor
        }
        telling.begin(begun);
        away = false;
        log.info("portal {} is there ({})", number, now == null ? "unknown" : now.host());
    }

    @Override
    public void message(byte[] bytes) throws MalformedException {
        ToGame message = Messages.toGame(bytes);
        if (stopping.getAsBoolean()) {
            return; // it is sent again, to the game that comes after
        }
        switch (message) {
            case ToGame.Opened(SessionSync sync, boolean settled, boolean writable) ->
                    begin(
                            sync,
                            application.admission()::admitRelayed,
                            relayed::open,
                            settled,
                            writable);
            case ToGame.Present(
                            SessionSync sync,
                            boolean settled,
                            boolean writable,
                            boolean told) ->
                    present(sync, settled, writable, told);
            case ToGame.Arrived(SessionSync sync, boolean settled, boolean writable) ->
                    begin(
                            sync,
                            application.admission()::admitResumed,
                            relayed::arrive,
                            settled,
                            writable);
            case ToGame.AllPresent() -> allPresent();
            case ToGame.Facts(long sessid, ClientFacts facts) ->
                    with(sessid, session -> relayed.facts(session, facts));
            case ToGame.Settled(long sessid) -> with(sessid, handler::settled);
            case ToGame.Input(long sessid, long line, List<CommandTuple> commands) ->
                    with(sessid, session -> input(session, line, commands));
            case ToGame.Writable(long sessid, boolean writable) ->
                    with(sessid, session -> writable(session, writable));
            case ToGame.Closed(long sessid, String reason) ->
                    with(sessid, session -> forget(session, reason));
            case ToGame.Parting(long sessid) -> part(sessid);
        }
    }

    private void with(long sessid, Consumer<RelayedSession> action) {
        RelayedSession session = sessions.get(sessid);
        if (session != null) {
            attempt(session, () -> action.accept(session));
        }
    }

    /** Does something; if that fails, this session ends, and no other. */
    private void attempt(RelayedSession session, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) { // of one session; others come behind it
            log.error("session {} of portal {} closed: internal error", session.id(), number, e);
            application.meters().refused("failure");
            telling.end(session.id(), FAILURE, Departure.OVER);
            forget(session, FAILURE);
        }
    }

    private void present(SessionSync sync, boolean settled, boolean writable, boolean told) {
        RelayedSession there = sessions.get(sync.sessid());
        if (there == null) {
            begin(
                    withoutGuest(sync),
                    application.admission()::admitResumed,
                    (session, its) -> relayed.resume(session, its, told),
                    settled,
                    writable);
        } else {
            there.presentIn(telling.epoch());
            attempt(
                    there,
                    () -> {
                        relayed.facts(there, sync.facts());
                        writable(there, writable);
                    });
        }
    }

    /**
     * A session begins here if it is admitted; if not, its own portal is told why.
     *
     * @param decision asked if it is one of that portal: an admission takes a place
     * @param how the game hears of it
     */
    private void begin(
            SessionSync sync,
            Supplier<Admission.Decision> decision,
            BiConsumer<RelayedSession, SessionSync> how,
            boolean settled,
            boolean writable) {
        if (!isItsOwn(sync.sessid())) {
            application.meters().malformed("bus_session");
            return;
        }
        switch (decision.get()) {
            case Admission.Admitted(Admission.Place place) -> {
                RelayedSession session = new RelayedSession(sync.sessid(), telling, place);
                if (sessions.putIfAbsent(session.id(), session) != null) {
                    application.meters().malformed("bus_session");
                    place.giveBack();
                    return;
                }
                session.presentIn(telling.epoch());
                attempt(
                        session,
                        () -> {
                            how.accept(session, sync);
                            if (settled) {
                                handler.settled(session);
                            }
                            writable(session, writable);
                        });
            }
            case Admission.Refused(String reason, String message) -> {
                application.meters().refused(reason);
                telling.end(sync.sessid(), message, Departure.LIMIT);
            }
        }
    }

    /** Whether a session's number is one of those that this portal gives: no other's. */
    private boolean isItsOwn(long sessid) {
        int owner = SessionNumber.portal(sessid);
        return owner == number || owner == 0; // 0: that of a portal without others
    }

    /** The game that restarts has forgotten its guests: who has no account is new to it. */
    private SessionSync withoutGuest(SessionSync sync) {
        Long account = sync.login().uid();
        if (!sync.loggedIn() || (account != null && account != 0)) {
            return sync;
        }
        telling.send(
                new ToPortal.Changed(
                        sync.sessid(), List.of(new SessionChange.LoginChanged(Login.NONE))));
        return sync.with(Login.NONE);
    }

    private void allPresent() {
        for (RelayedSession session : sessions.values()) {
            if (!session.isPresentIn(telling.epoch())) {
                forget(session, PortalSessionHandler.LOST);
            }
        }
        telling.send(new ToPortal.Ready());
        telling.flush();
    }

    private void input(RelayedSession session, long line, List<CommandTuple> commands) {
        List<CommandTuple> news = session.take(line, commands);
        if (news.size() < commands.size() && session.answered() >= line) {
            telling.send(new ToPortal.Answered(session.id(), session.answered())); // it may be lost
            telling.flush();
        }
        if (!news.isEmpty()) {
            relayed.dataIn(session, news);
        }
    }

    private void writable(RelayedSession session, boolean writable) {
        if (session.isWritable() != writable) {
            session.markWritable(writable);
            if (!congested) {
                handler.writable(session, writable);
            }
        }
    }

    private void part(long sessid) {
        with(sessid, session -> forget(session, ""));
        telling.send(new ToPortal.Parted(sessid));
        telling.flush();
    }

    @Override
    public void left() {
        log.info("portal {} has stopped", number);
        greeting = null;
        beginAnew();
    }

    @Override
    public void superseded() {
        log.warn("another portal serves the game for portal {}", number);
        superseded.run();
        NatsStream then = stream();
        var _ = application.scheduler().after(DECIDED, () -> takeBack(then));
    }

    /**
     * It spoke with another game while this one was out of reach, and has to come back: that one
     * has ended, as this one would have if it were not entitled.
     */
    private void takeBack(NatsStream then) {
        synchronized (delivery) {
            if (isNow(then) && entitled.getAsBoolean() && !stopping.getAsBoolean()) {
                log.info("portal {} comes back from another game", number);
                beginAnew();
            }
        }
    }

    // Its absence.

    private void goAway() {
        if (!away) {
            away = true;
            log.warn("portal {} is away", number);
            tellPresence(Presence.away());
        }
    }

    private void comeBack() {
        away = false;
        log.info("portal {} is back", number);
        tellPresence(Presence.back(Duration.ofNanos(SILENCE_NANOS)));
    }

    /** Those whose clients had left before are away in any case. */
    private void tellPresence(CommandTuple command) {
        for (RelayedSession session : sessions.values()) {
            if (!session.isClientAway()) {
                session.takeOwn();
                attempt(session, () -> relayed.dataIn(session, List.of(command)));
            }
        }
    }

    /** Its sessions end; if it comes back, it begins anew. */
    private void giveUp(String why) {
        log.warn("portal {} is given up, and its sessions end: {}", number, why);
        beginAnew();
    }

    private void beginAnew() {
        endAll();
        away = false;
        telling.beginAnew();
    }

    private void endAll() {
        for (RelayedSession session : sessions.values()) {
            try {
                forget(session, PortalSessionHandler.LOST);
            } catch (RuntimeException e) { // of one session; the others end, too
                log.error("{} of portal {} could not end", session.id(), number, e);
            }
        }
    }

    /** The session is gone at its own portal. */
    private void forget(RelayedSession session, String reason) {
        if (session.leave()) {
            sessions.remove(session.id());
            try {
                handler.disconnect(session, reason);
            } finally {
                session.giveBack();
            }
        }
    }

    /** So much waits that the game should not send more to these players, or no longer does. */
    private void watchCongestion() {
        NatsStream now = stream();
        if (congested ? !now.roomy() : !now.full()) {
            return;
        }
        synchronized (delivery) { // a client may change meanwhile
            congested = !congested;
            tellWritable(congested ? _ -> false : RelayedSession::isWritable);
        }
    }

    /** Whether that is the stream to it still. */
    private boolean isNow(NatsStream stream) {
        return stream().equals(stream);
    }

    private void tellWritable(Predicate<RelayedSession> writable) {
        for (RelayedSession session : sessions.values()) {
            attempt(session, () -> handler.writable(session, writable.test(session)));
        }
    }
}
