package lychgate.link.amp;

import lychgate.evennia.wire.Command;
import lychgate.evennia.wire.Operation;
import lychgate.evennia.wire.Payload;
import lychgate.evennia.wire.ProtocolFlags;
import lychgate.evennia.wire.SyncAttributes;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Meters;
import lychgate.session.PortalSide;
import lychgate.session.SessionChange;
import lychgate.session.SessionSync;
import lychgate.text.Markup;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What the game knows of each session, and what each session has for the game: nothing of it is
 * lost while the game is away.
 *
 * <p>A command is kept from the moment at which it is handed over until the game has answered it.
 * While the game is away it is held; what a game that died had not answered is held again, before
 * all that came since. When a game comes, it is told of the sessions and then handed what was held,
 * in order. How much a session can have waiting is the portal's limit: it reads no more from a
 * client whose commands are not taken.
 *
 * <p>Calls about a session come from its own thread, and from the loop's; what is kept of it is
 * guarded by its own lock, under which nothing is called but the connection.
 */
final class LinkedSessions {
    /** What becomes of a session when the game comes. */
    private enum Welcome {
        /** The game has never heard of it, or has not said a word to it: it is announced. */
        NEWCOMER,
        /** The game is the very one that knew it: nothing is said. */
        STAYS,
        /** The game was restarted, and is given back what it knew. */
        RESTORED,
        /** The game has died, and what it knew of the account's puppet with it: logged in anew. */
        LOGGED_IN_AGAIN
    }

    private static final String FLAGS = "protocol_flags";

    private final PortalSide portal;
    private final Meters meters;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Map<Long, Linked> sessions = new ConcurrentHashMap<>();
    private volatile @Nullable AmpConnection game;
    private volatile long awaySince;
    private volatile boolean welcoming;

    /** What is kept of one session; its fields are guarded by itself. */
    private static final class Linked {
        private final long id;
        private final Deque<CommandTuple> held = new ArrayDeque<>();
        private final Deque<Sent> sent = new ArrayDeque<>();
        private SessionSync sync;
        private boolean announced; // over the link that there is
        private boolean told; // the game may have heard of it
        private boolean known; // the game has said that it has
        private boolean greeted;
        private boolean settled;
        private boolean news;
        private boolean telling; // the news before, which the game has not answered
        private boolean leaving; // the game is being told that it has ended
        private volatile boolean ended;
        private long inputs;
        private Map<String, @Nullable Object> toldFlags = new HashMap<>(); // what the game knows
        private Map<String, @Nullable Object> tellingFlags = Map.of(); // and may not know yet

        Linked(SessionSync sync) {
            this.id = sync.sessid();
            this.sync = sync;
        }
    }

    /** A command that the game has been sent and has not answered. */
    private final class Sent implements AmpConnection.Asked {
        private final Linked session;
        private final CommandTuple command;

        Sent(Linked session, CommandTuple command) {
            this.session = session;
            this.command = command;
        }

        @Override
        public void answered() {
            synchronized (session) {
                session.sent.remove(this);
            }
            portal.consumed(session.id, 1);
        }
    }

    LinkedSessions(PortalSide portal, Meters meters, InstantSource clock, LongSupplier nanoTime) {
        this.portal = portal;
        this.meters = meters;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.awaySince = nanoTime.getAsLong();
    }

    /** Since when the game is away, if it is. */
    long awaySince() {
        return awaySince;
    }

    /** Whether commands are handed to a game now. */
    boolean isUp() {
        return game != null;
    }

    // What the portal tells.

    void connected(SessionSync sync) {
        Linked session = new Linked(sync);
        sessions.put(session.id, session);
        synchronized (session) {
            AmpConnection to = game;
            if (to != null && !session.announced) {
                announce(session, to);
            }
        }
    }

    void factsChanged(long sessid, ClientFacts facts) {
        with(
                sessid,
                session -> {
                    SessionSync now = session.sync.with(facts);
                    session.news |= isNews(session.sync, now);
                    session.sync = now;
                    tellNews(session);
                });
    }

    void settled(long sessid) {
        with(
                sessid,
                session -> {
                    session.settled = true;
                    tellNews(session);
                });
    }

    void dataIn(long sessid, List<CommandTuple> commands) {
        List<CommandTuple> possible = commands.stream().filter(Payload::isPossible).toList();
        with(
                sessid,
                session -> {
                    session.inputs += possible.size();
                    session.sync = session.sync.withInput(session.inputs, clock.instant());
                    session.held.addAll(possible);
                    sendHeld(session);
                });
        if (possible.size() < commands.size()) {
            meters.oobDropped();
            portal.consumed(sessid, commands.size() - possible.size());
        }
    }

    void disconnected(long sessid) {
        with(
                sessid,
                session -> {
                    session.ended = true;
                    AmpConnection to = game;
                    if (!session.told) {
                        sessions.remove(sessid); // the game has never heard of it
                    } else if (to != null && session.announced && session.held.isEmpty()) {
                        leave(session, to);
                    }
                });
    }

    // What the game tells; on the loop's thread.

    /** The game sends commands to a client. */
    void dataOut(long sessid, List<CommandTuple> commands) {
        with(sessid, session -> session.greeted = true);
        portal.dataOut(sessid, commands);
    }

    /** The game has changed what it keeps of a session; whether an account is logged in by that. */
    void changed(long sessid, Map<?, ?> attributes) {
        Linked session = sessions.get(sessid);
        if (session == null) {
            return;
        }
        SessionSync before;
        SessionSync now;
        String unknownEncoding = null;
        Map<Object, @Nullable Object> news = new LinkedHashMap<>(attributes);
        synchronized (session) {
            before = SyncAttributes.named(session.sync);
            if (attributes.get(FLAGS) instanceof Map<?, ?> flags) {
                Map<String, @Nullable Object> set = newFlags(session, flags);
                unknownEncoding = ProtocolFlags.unknownEncoding(set);
                news.put(FLAGS, set);
            }
            session.sync = SyncAttributes.merged(session.sync, news);
            session.greeted = true;
            now = SyncAttributes.named(session.sync);
        }
        Long uid = now.login().uid();
        String name = now.login().uname();
        if (!before.loggedIn() && now.loggedIn() && uid != null && name != null) {
            portal.loggedIn(sessid, uid, name);
        }
        List<SessionChange> changes = SessionChange.between(before, now);
        if (!changes.isEmpty()) {
            portal.sync(sessid, changes);
        }
        if (unknownEncoding != null) {
            refuse(unknownEncoding, session);
        }
    }

    /**
     * The flags that the Server has changed. It says all of them whenever it says one, and those
     * that it has not changed may be older than what is known here by now.
     */
    private static Map<String, @Nullable Object> newFlags(Linked session, Map<?, ?> flags) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>();
        flags.forEach(
                (key, value) -> {
                    if (key instanceof String name) {
                        boolean old =
                                isTold(session.toldFlags, name, value)
                                        || isTold(session.tellingFlags, name, value);
                        if (!old) {
                            changed.put(name, value);
                        }
                        session.toldFlags.put(name, value);
                    }
                });
        return changed;
    }

    private static boolean isTold(
            Map<String, @Nullable Object> told, String name, @Nullable Object value) {
        return told.containsKey(name) && Objects.equals(told.get(name), value);
    }

    /** The player is told, and the game that the old one still holds. */
    private void refuse(String encoding, Linked session) {
        Markup words;
        synchronized (session) {
            words =
                    Markup.of(
                            "There is no character set {} here; yours is still {}.",
                            encoding,
                            String.valueOf(SyncAttributes.flags(session.sync).get("ENCODING")));
            session.news = true;
            tellNews(session);
        }
        portal.dataOut(session.id, List.of(CommandTuple.text(words.source())));
    }

    /** The numbers of all sessions. */
    Collection<Long> ids() {
        return sessions.values().stream().filter(s -> !s.ended).map(s -> s.id).sorted().toList();
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
        for (Linked session : sessions.values()) {
            synchronized (session) {
                if (!session.announced) {
                    announce(session, same);
                }
                tellNews(session);
                sendHeld(session);
                if (session.ended) {
                    leave(session, same);
                }
            }
        }
    }

    /** The game is gone; what it had not answered is held again. */
    void lost() {
        hold();
        int again = 0;
        for (Linked session : sessions.values()) {
            synchronized (session) {
                session.announced = false;
                session.leaving = false;
                session.news |= session.telling;
                session.telling = false;
                again += session.sent.size();
                while (!session.sent.isEmpty()) {
                    session.held.addFirst(session.sent.removeLast().command);
                }
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
     * @param same whether it is the very process that was there before
     * @param ordered whether it was restarted by order, and has said what it knew before it went
     * @param give hands it the sessions that it should know
     */
    void found(AmpConnection found, boolean same, boolean ordered, Giver give) {
        Map<Linked, Welcome> welcomes = new LinkedHashMap<>();
        Map<Long, Map<String, @Nullable Object>> given = new LinkedHashMap<>();
        for (Linked session : new TreeMap<>(sessions).values()) {
            synchronized (session) {
                session.told &= same;
                Welcome welcome = welcome(session, same, ordered);
                boolean nothingToSay = session.held.isEmpty() && welcome != Welcome.STAYS;
                if (session.ended && (nothingToSay || welcome == Welcome.NEWCOMER)) {
                    sessions.remove(session.id);
                    continue;
                }
                session.told |= welcome != Welcome.NEWCOMER;
                welcomes.put(session, welcome);
                if (welcome == Welcome.RESTORED) {
                    given.put(session.id, SyncAttributes.of(session.sync));
                    session.toldFlags = SyncAttributes.flags(session.sync);
                    session.tellingFlags = Map.of();
                }
            }
        }
        give.sessions(given);
        welcoming = true; // what one says all others should hear
        game = found;
        welcomes.forEach((session, welcome) -> welcome(session, welcome, found));
        welcoming = false;
        for (Linked session : new TreeMap<>(sessions).values()) {
            synchronized (session) {
                if (!session.announced) {
                    announce(session, found); // it came in between
                }
                sendHeld(session);
                if (session.ended) {
                    leave(session, found);
                }
            }
        }
    }

    /** Hands a game the sessions that it should know. */
    interface Giver {
        /** The attributes of each session, by its number. */
        void sessions(Map<Long, Map<String, @Nullable Object>> attributes);
    }

    private static Welcome welcome(Linked session, boolean same, boolean ordered) {
        if (session.ended && session.told) {
            return Welcome.STAYS; // and is told that it has ended
        }
        if (!session.known || !session.greeted) {
            return Welcome.NEWCOMER;
        }
        if (same) {
            return Welcome.STAYS;
        }
        boolean account = session.sync.loggedIn() && session.sync.login().uid() != null;
        return account && !ordered ? Welcome.LOGGED_IN_AGAIN : Welcome.RESTORED;
    }

    private void welcome(Linked session, Welcome welcome, AmpConnection found) {
        synchronized (session) {
            if (session.ended && !session.told) {
                return; // it came, and has gone since
            }
            switch (welcome) {
                case NEWCOMER, LOGGED_IN_AGAIN -> {
                    if (!session.announced) {
                        announce(session, found);
                    }
                }
                case STAYS, RESTORED -> session.announced = true;
            }
            tellNews(session);
        }
    }

    // What the game has taken note of.

    private static void hasHeardOf(Linked session) {
        synchronized (session) {
            session.known = true;
        }
    }

    private void hasHeardNewsOf(Linked session) {
        synchronized (session) {
            session.telling = false;
            session.toldFlags.putAll(session.tellingFlags);
            session.tellingFlags = Map.of();
            tellNews(session);
        }
    }

    // Under the session's lock.

    /** One that is logged in already is logged in by that, with whatever puppet it then gets. */
    private void announce(Linked session, AmpConnection to) {
        SessionSync sync = session.sync;
        if (sync.loggedIn()) {
            sync = SyncAttributes.withoutPuppet(sync);
        }
        session.announced = true;
        session.told = true;
        session.known = false; // until the game has answered
        session.news = false;
        session.toldFlags = SyncAttributes.flags(sync);
        session.tellingFlags = Map.of();
        Map<String, Object> kwargs = Map.of("sessiondata", SyncAttributes.of(sync));
        Payload payload = Payload.of(Operation.PCONN, session.id, kwargs);
        to.ask(Command.ADMIN_TO_SERVER.text(), payload.box(), () -> hasHeardOf(session));
    }

    /** One piece of news at a time: a client can change faster than the game listens. */
    private void tellNews(Linked session) {
        AmpConnection to = game;
        boolean due = session.news && session.settled && !session.telling;
        if (to != null && session.announced && due) {
            session.news = false;
            session.telling = true;
            session.tellingFlags = SyncAttributes.flags(session.sync);
            Map<String, Object> kwargs = Map.of("sessiondata", SyncAttributes.news(session.sync));
            Payload payload = Payload.of(Operation.PCONNSYNC, session.id, kwargs);
            to.ask(Command.ADMIN_TO_SERVER.text(), payload.box(), () -> hasHeardNewsOf(session));
        }
    }

    /** Not all that is known of a client has a flag: a round trip of another length is no news. */
    private static boolean isNews(SessionSync before, SessionSync now) {
        return !SyncAttributes.news(before).equals(SyncAttributes.news(now));
    }

    /** It is kept until the game has answered: a link can be cut with the news on its way. */
    private void leave(Linked session, AmpConnection to) {
        if (!session.leaving) {
            session.leaving = true;
            Payload payload = Payload.of(Operation.PDISCONN, session.id, Map.of());
            to.ask(Command.ADMIN_TO_SERVER.text(), payload.box(), () -> sessions.remove(session.id));
        }
    }

    private void sendHeld(Linked session) {
        AmpConnection to = game;
        if (to == null || welcoming || !session.announced) {
            return;
        }
        for (CommandTuple next = session.held.poll(); next != null; next = session.held.poll()) {
            Sent sent = new Sent(session, next);
            session.sent.add(sent);
            Payload payload = Payload.of(session.id, next);
            to.ask(Command.TO_SERVER.text(), payload.box(), sent);
        }
    }

    private interface Change {
        void apply(Linked session);
    }

    private void with(long sessid, Change change) {
        Linked session = sessions.get(sessid);
        if (session != null) {
            synchronized (session) {
                change.apply(session);
            }
        }
    }
}
