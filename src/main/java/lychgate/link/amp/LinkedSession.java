package lychgate.link.amp;

import lychgate.evennia.wire.ProtocolFlags;
import lychgate.evennia.wire.SyncAttributes;
import lychgate.link.HeldCommands;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.SessionChange;
import lychgate.session.SessionSync;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One session as the game at the other end knows it, and what waits for that game. Decides what the
 * game is to be told, and sends nothing. Not thread safe.
 *
 * <p>What the game knows of it ({@link Standing}) outlives the link; how it stands on the link that
 * there is ({@link Presence}) does not:
 *
 * <pre>
 *                announce              known
 *     UNHEARD ──────────────► TOLD ──────────────► KNOWN
 *        ▲                     ▲ │                  │ │
 *        │                     └─┼── announce ──────┘ │
 *        └───────────────────────┴────────────────────┘
 *           another game comes, which is not given it
 *
 *                announce, or welcomed             leaves
 *     ABSENT ───────────────────────────► PRESENT ────────► LEAVING
 *        ▲                                   │                 │
 *        └───────────────────────────────────┴─────────────────┘
 *                           lost
 * </pre>
 *
 * <p>Changes of its client are told one at a time ({@link News}), since a client can change faster
 * than the game listens:
 *
 * <pre>
 *            changed           news              changed
 *     NONE ───────────► DUE ─────────► UNDER_WAY ─────────► UNDER_WAY_AND_DUE
 *      ▲                 ▲               │    │                      │
 *      └─────────────────┼───── noted ───┘    │ lost                 │ noted, lost
 *                        └────────────────────┴──────────────────────┘
 * </pre>
 */
final class LinkedSession {
    private static final String FLAGS = "protocol_flags";

    /** What becomes of a session when a game comes. */
    enum Welcome {
        /** The game has never heard of it, or has not said a word to it: it is announced. */
        NEWCOMER,
        /** The game is the very one that knew it: nothing is said. */
        STAYS,
        /** The game was restarted, and is given back what it knew. */
        RESTORED,
        /**
         * The game has died, and what it knew of the account's puppet with it; or it was another
         * portal's: whoever was logged in is logged in anew.
         */
        LOGGED_IN_AGAIN,
        /** It has ended, and the game need never hear of it. */
        GONE
    }

    private enum Standing {
        /** The game has not heard of it. */
        UNHEARD,
        /** It may have. */
        TOLD,
        /** It has answered that it has. */
        KNOWN
    }

    private enum Presence {
        ABSENT,
        PRESENT,
        LEAVING
    }

    private enum News {
        NONE,
        DUE,
        UNDER_WAY,
        UNDER_WAY_AND_DUE
    }

    /**
     * What the game has changed.
     *
     * @param unknownEncoding a character set that it has set and that is not known here
     */
    record Changed(SessionSync before, SessionSync now, @Nullable String unknownEncoding) {}

    private final long id;
    private final HeldCommands commands = new HeldCommands();
    private int skipped; // commands that this game cannot be sent, behind others
    private final ToldFlags flags = new ToldFlags();
    private SessionSync sync;
    private Standing standing = Standing.UNHEARD;
    private Presence presence = Presence.ABSENT;
    private News news = News.NONE;
    private boolean greeted; // a game has said something to it, or of it
    private boolean settled;
    private @Nullable KnownBy cameFrom; // until this portal has met a game with it
    private boolean mayBeThere; // under its number, in a state that is not known here
    private volatile boolean ended;
    private long inputs;

    LinkedSession(SessionSync sync) {
        this.id = sync.sessid();
        this.sync = sync;
        this.inputs = sync.activity().cmdTotal();
    }

    /**
     * One that existed before. If a game knew it, it has heard of it, and said something to it.
     *
     * @param leftOver whether the game that there is may not have heard yet that it had ended
     */
    static LinkedSession resumed(SessionSync sync, boolean leftOver) {
        LinkedSession session = new LinkedSession(sync);
        session.cameFrom = KnownBy.of(sync);
        session.mayBeThere = leftOver;
        session.settled = true;
        if (session.cameFrom != null) {
            session.standing = Standing.KNOWN;
            session.greeted = true;
            session.change(); // of the client, since then
        }
        return session;
    }

    /**
     * Commands came that this game cannot be sent. They are done when all before them are, so that
     * what is done is known by its number.
     *
     * @return how many are done now
     */
    int skip(int more) {
        skipped += more;
        int done = commands.allAnswered() ? skipped : 0;
        skipped -= done;
        return done;
    }

    long id() {
        return id;
    }

    SessionSync sync() {
        return sync;
    }

    /** Its commands on their way to the game. */
    HeldCommands commands() {
        return commands;
    }

    /** Whether its client has gone. Any thread may ask. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether the game must be told of it before anything else. */
    boolean isAbsent() {
        return presence == Presence.ABSENT;
    }

    /** Whether the game is being told that it has ended. */
    synchronized boolean isLeaving() {
        return presence == Presence.LEAVING;
    }

    // What its client does.

    /** More is known of the client. Not all of that has a flag, and is news to the game. */
    void learn(ClientFacts facts) {
        SessionSync now = sync.with(facts);
        boolean isNews = !SyncAttributes.news(sync).equals(SyncAttributes.news(now));
        sync = now;
        if (isNews) {
            change();
        }
    }

    /** All that is to be learned of the client at its arrival has been: from now on, news is. */
    void settle() {
        settled = true;
    }

    /** The client has sent commands: they are held. */
    void type(List<CommandTuple> typed, Instant now) {
        inputs += typed.size();
        sync = sync.withInput(inputs, now);
        commands.hold(typed);
    }

    /** The client has gone. Whether the game has never heard of it, and need not. */
    boolean end() {
        ended = true;
        return standing == Standing.UNHEARD;
    }

    // What the game does.

    /** The game has said something to it. */
    void greet() {
        greeted = true;
    }

    /** The game has changed what it keeps of the session. */
    Changed merge(Map<?, ?> attributes) {
        SessionSync before = SyncAttributes.named(sync);
        String unknownEncoding = null;
        Map<Object, @Nullable Object> said = new LinkedHashMap<>(attributes);
        if (attributes.get(FLAGS) instanceof Map<?, ?> all) {
            Map<String, @Nullable Object> set = flags.changes(all);
            unknownEncoding = ProtocolFlags.unknownEncoding(set);
            said.put(FLAGS, set);
        }
        sync = SyncAttributes.merged(sync, said);
        greeted = true;
        return new Changed(before, SyncAttributes.named(sync), unknownEncoding);
    }

    /** What the game holds of the client is not so. */
    void change() {
        news =
                switch (news) {
                    case NONE, DUE -> News.DUE;
                    case UNDER_WAY, UNDER_WAY_AND_DUE -> News.UNDER_WAY_AND_DUE;
                };
    }

    // What the game is told.

    /**
     * It is announced to the game.
     *
     * @return the session as it is announced to the game: one that is already logged in, for
     *     example on the game's website, is logged in by that, with whatever puppet it then gets
     */
    SessionSync announce() {
        SessionSync told = toldAsNew();
        isThere();
        mayBeThere = false;
        standing = Standing.TOLD;
        news = News.NONE;
        flags.told(SyncAttributes.flags(told));
        return told;
    }

    private SessionSync toldAsNew() {
        if (sync.loggedIn()) {
            return SyncAttributes.withoutPuppet(sync);
        }
        return greeted ? sync : SyncAttributes.loggedIn(sync);
    }

    /** The game has taken note of it. */
    void known() {
        if (standing == Standing.TOLD) {
            standing = Standing.KNOWN;
        }
    }

    /** The session as it is to be told to the game, which then is under way; null: not now. */
    @Nullable SessionSync news() {
        if (presence != Presence.PRESENT || !settled || news != News.DUE) {
            return null;
        }
        news = News.UNDER_WAY;
        flags.telling(SyncAttributes.flags(sync));
        return sync;
    }

    /** The game has taken note of the news. */
    void noted() {
        news =
                switch (news) {
                    case NONE, UNDER_WAY -> News.NONE;
                    case DUE, UNDER_WAY_AND_DUE -> News.DUE;
                };
        flags.noted();
    }

    /** Whether the game is to be told that it has ended, which then is under way. */
    boolean leaves() {
        if (!ended || presence == Presence.LEAVING) {
            return false;
        }
        presence = Presence.LEAVING;
        return true;
    }

    /**
     * The link is lost, with what was under way.
     *
     * @return how many commands are held again
     */
    int lost() {
        presence = Presence.ABSENT;
        news =
                switch (news) {
                    case NONE -> News.NONE;
                    case DUE, UNDER_WAY, UNDER_WAY_AND_DUE -> News.DUE;
                };
        return commands.lost();
    }

    /**
     * A game has come.
     *
     * @param same whether it is the very process that was there before
     * @param ordered whether it was restarted by order, and has said what it knew before it went
     */
    Welcome welcome(boolean same, boolean ordered) {
        Welcome welcome = kindOfWelcome(same, ordered);
        switch (welcome) {
            case NEWCOMER -> standing = same ? standing : Standing.UNHEARD;
            case RESTORED -> flags.told(SyncAttributes.flags(sync));
            case STAYS -> {
                if (cameFrom != null) {
                    flags.told(SyncAttributes.flags(sync));
                }
            }
            case LOGGED_IN_AGAIN, GONE -> {}
        }
        return welcome;
    }

    private Welcome kindOfWelcome(boolean same, boolean ordered) {
        if (ended && same && standing != Standing.UNHEARD) {
            return Welcome.STAYS; // and is told that it has ended
        }
        if (standing != Standing.KNOWN || !greeted) {
            return ended ? Welcome.GONE : Welcome.NEWCOMER;
        }
        if (same) {
            return Welcome.STAYS;
        }
        if (ended && commands.isEmpty()) {
            return Welcome.GONE;
        }
        boolean hasAccount = sync.loggedIn() && sync.login().uid() != null;
        return cameFrom != null || (hasAccount && !ordered)
                ? Welcome.LOGGED_IN_AGAIN
                : Welcome.RESTORED;
    }

    /** The game knows it, without having been told just now. */
    void isThere() {
        presence = Presence.PRESENT;
        cameFrom = null;
    }

    /** The game that knew it before it came to this portal; null: only those of this portal. */
    @Nullable KnownBy cameFrom() {
        return cameFrom;
    }

    /** Before it is announced, whether the game must forget what it may have under its number. */
    boolean mayBeThere() {
        return mayBeThere;
    }

    /** It came to a game that may have it, and nobody knows whether it has. */
    void maybeThere() {
        mayBeThere = true;
    }

    /** A game was told that it had ended: whichever game knew it does not any more. */
    void forgotten() {
        if (cameFrom != null) {
            cameFrom = KnownBy.NOBODY;
            mayBeThere = true; // where the game has not heard it, because the link was cut
        }
    }

    /** The game that knows it now is kept with it; the changes are for the portal. */
    List<SessionChange> keep(KnownBy now) {
        List<SessionChange> changes =
                standing == Standing.KNOWN && presence == Presence.PRESENT
                        ? now.change(sync)
                        : List.of();
        sync = sync.with(changes);
        return changes;
    }

    /** Whether it came and has gone again, and the game has never heard of it. */
    boolean isOver() {
        return ended && standing == Standing.UNHEARD;
    }
}
