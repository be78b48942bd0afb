package lychgate.link.nats;

import lychgate.bus.ToGame;
import lychgate.link.HeldCommands;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.GameData;
import lychgate.session.Login;
import lychgate.session.SessionChange;
import lychgate.session.SessionSync;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One session as the game of its shard knows it, and what waits for that game. Decides what the
 * game is to be told, and sends nothing. Not thread safe: guarded by its own lock.
 *
 * <p>Its commands are numbered from 1. What the game has not answered is sent again, under the same
 * numbers, to the game that comes after.
 */
final class ShardSession {
    private final long id;
    private final long openedAt;
    private final HeldCommands commands = new HeldCommands();
    private SessionSync sync;
    private volatile ShardLink shard; // any thread may ask
    private boolean settled;
    private boolean writable = true;
    private boolean known; // to some game, at some time
    private int toldIn; // the epoch of the shard's stream in which the game was told of it
    private boolean arriving; // from another shard
    private boolean toldAway;
    private boolean factsDue;
    private boolean ended;
    private boolean dismissed;
    private String reason = "";
    private @Nullable String goesTo; // another shard, once this one has parted from it
    private long answered;
    private long sent;

    /**
     * @param openedAt monotonic time in nanoseconds
     */
    ShardSession(SessionSync sync, ShardLink shard, long openedAt) {
        this.id = sync.sessid();
        this.sync = sync;
        this.shard = shard;
        this.openedAt = openedAt;
    }

    long id() {
        return id;
    }

    ShardLink shard() {
        return shard;
    }

    /** When it came to this portal, in nanoseconds of monotonic time. */
    long openedAt() {
        return openedAt;
    }

    /** Commands that the game has not answered. */
    int waiting() {
        return commands.size();
    }

    SessionSync sync() {
        return sync;
    }

    // What the portal tells.

    void learn(ClientFacts facts) {
        sync = sync.with(facts);
        factsDue = true;
    }

    void settle() {
        settled = true;
    }

    void writable(boolean now) {
        writable = now;
    }

    void type(List<CommandTuple> typed, Instant now) {
        commands.hold(typed);
        sync = sync.withInput(sync.activity().cmdTotal() + typed.size(), now);
    }

    /** The game has ended it: it knows nothing of it any more, and does nothing for it. */
    void dismiss() {
        dismissed = true;
    }

    boolean isDismissed() {
        return dismissed;
    }

    /** The client is gone; whether the game need never hear of it. */
    boolean end(String why) {
        ended = true;
        reason = why;
        return !known;
    }

    /** What it has typed is not done: too much of the kind waits already. */
    void drop() {
        answered += commands.drop();
        sent = answered;
    }

    boolean hasEnded() {
        return ended;
    }

    // What the game is to be told.

    /** Whether the game at the other end of that epoch has been told of it. */
    boolean isToldIn(int epoch) {
        return toldIn == epoch;
    }

    /** What the game is to be told of it first. */
    ToGame announcement() {
        if (arriving) {
            return new ToGame.Arrived(sync, settled, writable);
        }
        return known
                ? new ToGame.Present(sync, settled, writable, toldAway)
                : new ToGame.Opened(sync, settled, writable);
    }

    /** The game has been told that, in this epoch. */
    void told(int epoch) {
        known = true;
        arriving = false;
        toldIn = epoch;
        factsDue = false;
    }

    /**
     * A stream has begun: what was sent and not answered is held again.
     *
     * @param told whether the game was away for so long that the player has been told
     * @return how many commands that are
     */
    int lost(boolean told) {
        toldAway = told;
        sent = answered;
        return commands.lost();
    }

    /** All that is known of the client, if the game has not been told. */
    ToGame.@Nullable Facts news() {
        if (!factsDue) {
            return null;
        }
        factsDue = false;
        return new ToGame.Facts(id, sync.facts());
    }

    /** The commands that are held, to be sent now; null if there are none. */
    ToGame.@Nullable Input held() {
        if (commands.isEmpty() || goesTo != null) {
            return null;
        }
        List<CommandTuple> next = new ArrayList<>(1);
        for (HeldCommands.Sent one = commands.send(); one != null; one = commands.send()) {
            next.add(one.command());
        }
        long first = sent + 1;
        sent += next.size();
        return new ToGame.Input(id, first, next);
    }

    /** That it has ended, once nothing of it is left to be done; else null. */
    ToGame.@Nullable Closed farewell() {
        return ended && (dismissed || commands.allAnswered())
                ? new ToGame.Closed(id, reason)
                : null;
    }

    // What the game tells.

    /** The game has finished all up to that line; how many commands that are. */
    int answered(long line) {
        int done = commands.answered(line - answered);
        answered += done;
        return done;
    }

    void loggedIn(long account, String name) {
        sync = sync.withLogin(account, name);
    }

    void change(List<SessionChange> changes) {
        sync = sync.with(changes);
    }

    /**
     * The game has given it up: it is new there.
     *
     * @return how many commands are dropped, which were meant for who was there before
     */
    int expire() {
        int dropped = commands.drop();
        answered += dropped;
        sent = answered;
        known = false;
        goesTo = null;
        sync = sync.with(Login.NONE).with(GameData.NONE);
        return dropped;
    }

    /** What {@link #expire} changes, for the portal. */
    static List<SessionChange> expired() {
        return List.of(
                new SessionChange.LoginChanged(Login.NONE),
                new SessionChange.ServerDataChanged(Map.of()));
    }

    // Between shards.

    /** The game wants it elsewhere: nothing more is sent here. */
    void goTo(String other) {
        goesTo = other;
    }

    /** Where it goes; null if it stays. */
    @Nullable String goesTo() {
        return goesTo;
    }

    /** It is at another shard from now on; what was not answered is for that one. */
    void arrive(ShardLink other) {
        lost(false);
        goesTo = null;
        arriving = true;
        shard = other;
        toldIn = 0;
    }
}
