package lychgate.link.amp;

import lychgate.evennia.wire.Command;
import lychgate.evennia.wire.Operation;
import lychgate.evennia.wire.Payload;
import lychgate.evennia.wire.SyncAttributes;
import lychgate.link.HeldCommands;
import lychgate.link.HeldCommands.Sent;
import lychgate.link.amp.LinkedSession.Welcome;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Meters;
import lychgate.session.PortalSide;
import lychgate.session.Presence;
import lychgate.session.SessionChange;
import lychgate.session.SessionSync;
import lychgate.text.Markup;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells the game of each session, and each session what the game has for it: nothing of it is lost
 * while the game is away.
 *
 * <p>A command is kept from the moment at which it is handed over until the game has answered it.
 * While the game is away it is held; what a game that died had not answered is held again, before
 * all that came since. When a game comes, it is told of the sessions and then handed what was held,
 * in order. How much a session can have waiting is the portal's limit: it reads no more from a
 * client whose commands are not taken.
 *
 * <p>Calls about a session come from its own thread, and from the loop's; a {@link LinkedSession}
 * is guarded by its own lock, under which nothing is called but the connection.
 */
final class LinkedSessions {
    private final PortalSide portal;
    private final long portalStarted;
    private final ForgottenSessions forgotten;
    private final Meters meters;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Map<Long, LinkedSession> sessions = new ConcurrentHashMap<>();
    private volatile @Nullable AmpConnection game;
    private volatile long awaySince;
    private volatile boolean welcoming;
    private volatile long process; // of the game
    private volatile boolean outlived; // the portal before this one, which it was connected to

    LinkedSessions(
            PortalSide portal,
            Instant portalStarted,
            ForgottenSessions forgotten,
            Meters meters,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.portalStarted = portalStarted.toEpochMilli();
        this.portal = portal;
        this.forgotten = forgotten;
        this.meters = meters;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.awaySince = nanoTime.getAsLong();
    }

    /** Since when the game is away, if it is. */
    long awaySince() {
        return awaySince;
    }

    /** Whether there is a session of that number. */
    boolean has(long id) {
        return sessions.containsKey(id);
    }

    /** Whether commands are handed to a game now. */
    boolean isUp() {
        return game != null;
    }

    // What the portal tells.

    void connected(SessionSync sync) {
        LinkedSession session = new LinkedSession(sync);
        sessions.put(session.id(), session);
        synchronized (session) {
            announceIfAbsent(session, game);
        }
    }

    /** A session has come that a game knew before. */
    void resumed(SessionSync sync) {
        LinkedSession before = sessions.get(sync.sessid());
        boolean leftOver = before != null && !before.isLeaving();
        LinkedSession session = LinkedSession.resumed(sync, leftOver);
        synchronized (session) {
            if (forgotten.comes(session.id(), () -> sessions.put(session.id(), session))) {
                session.forgotten();
            }
            announceIfAbsent(session, game);
            tellNews(session);
        }
        keepWhoKnows(session);
        portal.turnEnds();
    }

    /** Whether the game that there is knows the session from the portal that was here before. */
    private boolean hasStayed(LinkedSession session) {
        KnownBy before = session.cameFrom();
        if (before == null || before.process() != process || before.portal() == portalStarted) {
            return false;
        }
        if (!outlived) {
            session.maybeThere(); // a process of that number, but perhaps another one
        }
        return outlived;
    }

    /** The portal of the client keeps which game knows it, for a portal that comes after this. */
    private void keepWhoKnows(LinkedSession session) {
        List<SessionChange> changes;
        synchronized (session) {
            changes = session.keep(new KnownBy(portalStarted, process));
        }
        if (!changes.isEmpty()) {
            portal.sync(session.id(), changes);
        }
    }

    void factsChanged(long sessid, ClientFacts facts) {
        with(
                sessid,
                session -> {
                    session.learn(facts);
                    tellNews(session);
                });
    }

    void settled(long sessid) {
        with(
                sessid,
                session -> {
                    session.settle();
                    tellNews(session);
                });
    }

    void dataIn(long sessid, List<CommandTuple> commands) {
        List<CommandTuple> possible = commands.stream().filter(LinkedSessions::isFor).toList();
        int impossible = commands.size() - possible.size();
        int[] done = {impossible};
        with(
                sessid,
                session -> {
                    session.type(possible, clock.instant());
                    done[0] = session.skip(impossible);
                    sendHeld(session);
                });
        if (impossible > 0) {
            meters.oobDropped();
        }
        if (done[0] > 0) {
            portal.consumed(sessid, done[0]);
            portal.turnEnds();
        }
    }

    /** Evennia knows of nobody who is away, and cannot be told of it. */
    private static boolean isFor(CommandTuple command) {
        return !Presence.isTold(command) && Payload.isPossible(command);
    }

    void disconnected(long sessid) {
        with(
                sessid,
                session -> {
                    AmpConnection to = game;
                    if (session.end()) {
                        sessions.remove(sessid); // the game has never heard of it
                    } else if (to != null && !session.isAbsent() && session.commands().isEmpty()) {
                        leave(session, to);
                    }
                });
    }

    // What the game tells; on the loop's thread.

    /** The game sends commands to a client. */
    void dataOut(long sessid, List<CommandTuple> commands) {
        with(sessid, LinkedSession::greet);
        portal.dataOut(sessid, commands);
    }

    /** The game has changed what it keeps of a session; whether an account is logged in by that. */
    void changed(long sessid, Map<?, ?> attributes) {
        LinkedSession session = sessions.get(sessid);
        if (session == null) {
            return;
        }
        LinkedSession.Changed changed;
        synchronized (session) {
            changed = session.merge(attributes);
        }
        SessionSync now = changed.now();
        Long uid = now.login().uid();
        String name = now.login().uname();
        if (!changed.before().loggedIn() && now.loggedIn() && uid != null && name != null) {
            portal.loggedIn(sessid, uid, name);
        }
        List<SessionChange> changes = SessionChange.between(changed.before(), now);
        if (!changes.isEmpty()) {
            portal.sync(sessid, changes);
        }
        String unknown = changed.unknownEncoding();
        if (unknown != null) {
            refuse(unknown, session);
        }
    }

    /** The player is told, and the game that the old one still holds. */
    private void refuse(String encoding, LinkedSession session) {
        Markup words;
        synchronized (session) {
            words =
                    Markup.of(
                            "There is no character set {} here; yours is still {}.",
                            encoding,
                            String.valueOf(SyncAttributes.flags(session.sync()).get("ENCODING")));
            session.change();
            tellNews(session);
        }
        portal.dataOut(session.id(), List.of(CommandTuple.text(words.source())));
    }

    /** The numbers of all sessions. */
    Collection<Long> ids() {
        return sessions.values().stream()
                .filter(session -> !session.hasEnded())
                .map(LinkedSession::id)
                .sorted()
                .toList();
    }

    /** The game is about to stop, by order: no more is handed to it, so that it can finish. */
    void hold() {
        if (game != null) {
            game = null;
            awaySince = nanoTime.getAsLong();
        }
    }

    /** The game that was about to stop has not. */
    void goOn(AmpConnection same) {
        game = same;
        for (LinkedSession session : sessions.values()) {
            synchronized (session) {
                announceIfAbsent(session, same);
                tellNews(session);
                sendHeld(session);
                leave(session, same);
            }
        }
    }

    /** The game is gone; what it had not answered is held again. */
    void lost() {
        hold();
        int again = 0;
        for (LinkedSession session : sessions.values()) {
            synchronized (session) {
                again += session.lost();
            }
        }
        if (again > 0) {
            meters.inputResent(again);
        }
    }

    /**
     * A game has come. It is given the sessions that it should know, then told of the others, then
     * handed what was held.
     *
     * @param give hands it the attributes of the sessions that it should know, by their numbers
     */
    void found(AmpConnection found, Arrival arrival, Consumer<Map<Long, Map<?, ?>>> give) {
        outlived = arrival.same() && (outlived || process == 0);
        process = arrival.process();
        Map<LinkedSession, Welcome> welcomes = new LinkedHashMap<>();
        Map<Long, Map<?, ?>> given = new LinkedHashMap<>();
        for (LinkedSession session : new TreeMap<>(sessions).values()) {
            synchronized (session) {
                boolean isNew = session.cameFrom() != null;
                Welcome welcome =
                        session.welcome(
                                isNew ? hasStayed(session) : arrival.same(),
                                !isNew && arrival.ordered());
                switch (welcome) {
                    case GONE -> sessions.remove(session.id());
                    case RESTORED -> given.put(session.id(), SyncAttributes.of(session.sync()));
                    case NEWCOMER, STAYS, LOGGED_IN_AGAIN -> {}
                }
                if (welcome != Welcome.GONE) {
                    welcomes.put(session, welcome);
                }
            }
        }
        give.accept(given);
        welcoming = true; // what one says all others should hear
        game = found;
        welcomes.forEach((session, welcome) -> welcome(session, welcome, found));
        welcoming = false;
        for (LinkedSession session : new TreeMap<>(sessions).values()) {
            synchronized (session) {
                announceIfAbsent(session, found); // it came in between
                sendHeld(session);
                leave(session, found);
            }
        }
    }

    private void welcome(LinkedSession session, Welcome welcome, AmpConnection found) {
        synchronized (session) {
            if (session.isOver()) {
                return; // it came, and has gone since
            }
            switch (welcome) {
                case NEWCOMER, LOGGED_IN_AGAIN -> announceIfAbsent(session, found);
                case STAYS, RESTORED -> session.isThere();
                case GONE -> throw new IllegalStateException("it is gone");
            }
            tellNews(session);
        }
        keepWhoKnows(session);
    }

    // Under the session's lock.

    private void announceIfAbsent(LinkedSession session, @Nullable AmpConnection to) {
        if (to != null && session.isAbsent()) {
            if (session.cameFrom() != null
                    && session.welcome(hasStayed(session), false) == Welcome.STAYS) {
                session.isThere();
                return;
            }
            if (session.mayBeThere()) {
                administer(to, Operation.PDISCONN, session, Map.of(), _ -> {});
            }
            Map<String, Object> data = SyncAttributes.of(session.announce());
            Map<String, Object> kwargs = Map.of("sessiondata", data);
            Payload payload = Payload.of(Operation.PCONN, session.id(), kwargs);
            to.ask(Command.ADMIN_TO_SERVER.text(), payload.box(), () -> announced(session));
        }
    }

    private void announced(LinkedSession session) {
        synchronized (session) {
            session.known();
        }
        keepWhoKnows(session);
    }

    private void tellNews(LinkedSession session) {
        AmpConnection to = game;
        SessionSync news = to == null ? null : session.news();
        if (to != null && news != null) {
            Map<String, Object> kwargs = Map.of("sessiondata", SyncAttributes.news(news));
            administer(
                    to,
                    Operation.PCONNSYNC,
                    session,
                    kwargs,
                    told -> {
                        told.noted();
                        tellNews(told);
                    });
        }
    }

    /** It is kept until the game has answered: a link can be cut with the news on its way. */
    private void leave(LinkedSession session, AmpConnection to) {
        if (session.leaves()) {
            administer(
                    to,
                    Operation.PDISCONN,
                    session,
                    Map.of(),
                    told -> sessions.remove(told.id(), told));
        }
    }

    /**
     * Tells the game something of a session.
     *
     * @param then what to do, under the session's lock, once the game has answered
     */
    private static void administer(
            AmpConnection to,
            Operation operation,
            LinkedSession session,
            Map<String, Object> kwargs,
            Consumer<LinkedSession> then) {
        Payload payload = Payload.of(operation, session.id(), kwargs);
        to.ask(
                Command.ADMIN_TO_SERVER.text(),
                payload.box(),
                () -> {
                    synchronized (session) {
                        then.accept(session);
                    }
                });
    }

    private void sendHeld(LinkedSession session) {
        AmpConnection to = game;
        if (to == null || welcoming || session.isAbsent()) {
            return;
        }
        HeldCommands commands = session.commands();
        for (Sent sent = commands.send(); sent != null; sent = commands.send()) {
            Sent asked = sent;
            Payload payload = Payload.of(session.id(), sent.command());
            to.ask(Command.TO_SERVER.text(), payload.box(), () -> answered(session, asked));
        }
    }

    private void answered(LinkedSession session, Sent command) {
        int done;
        synchronized (session) {
            done = session.commands().answered(command) ? 1 + session.skip(0) : 0;
        }
        if (done > 0 && sessions.get(session.id()) == session) {
            portal.consumed(session.id(), done);
        }
    }

    private void with(long sessid, Consumer<LinkedSession> change) {
        LinkedSession session = sessions.get(sessid);
        if (session != null) {
            synchronized (session) {
                change.accept(session);
            }
        }
    }
}
