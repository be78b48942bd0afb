package lychgate.session;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the game tells the portal. Any thread may call; no method blocks. Calls for a session that
 * no longer exists are ignored: the game is about to learn of its end.
 */
public interface PortalSide {

    /** Commands for the session's client, in their order. */
    void dataOut(long sessid, List<CommandTuple> commands);

    /**
     * The game has finished this many of the commands that it received by {@link GameSide#dataIn}.
     */
    void consumed(long sessid, int commands);

    /**
     * The game begins with a command of the session: for those who want to know where the time
     * goes.
     */
    default void begun(long sessid) {}

    /** An account has been logged in over the session. */
    void loggedIn(long sessid, long account, String name);

    /**
     * The game changes the session's state.
     *
     * @param changes applied in order, all at once
     */
    void sync(long sessid, List<SessionChange> changes);

    /** The game is back, with all sessions, after being away for so many nanoseconds. */
    void reloaded(long awayNanos);

    /**
     * The session is with a game now that has heard no command of it yet: one of another shard, or
     * one that had given it up. What the portal has told by commands of its own, it tells again.
     */
    default void newToItsGame(long sessid) {}

    /** Ends the session. */
    void disconnect(long sessid, String reason);

    /**
     * The same, for a client that can be told why.
     *
     * @param why what the reason amounts to
     */
    default void disconnect(long sessid, String reason, Departure why) {
        disconnect(sessid, reason);
    }

    /**
     * The game has passed on all that it has for now, for however many sessions. Everything that it
     * tells of a session is followed by this, on the same thread.
     */
    default void turnEnds() {}

    /** The other shards whose games answer now, to which sessions can be moved. */
    default Set<String> shards() {
        return Set.of();
    }

    /**
     * Whether the session can go to the game of another shard: not if its client is connected to
     * this portal itself, or if there is no such game now.
     */
    default boolean canMove(long sessid, String shard) {
        return false;
    }

    /**
     * Moves the session to the game of another shard, with its state and with those of its commands
     * that have not been {@link #consumed}.
     */
    default void move(long sessid, String shard) {}

    /**
     * Asks for a session that connects to somewhere else, which a plugin offers. If the account has
     * one of that kind with that configuration already, nothing happens; any other that it has is
     * replaced.
     *
     * @param kind the name under which it is offered
     * @param account who is logged in over it from the start; has a number or a name
     * @param config for the plugin; values as in a command
     */
    void connectOutwards(String kind, Login account, Map<String, @Nullable Object> config);
}
