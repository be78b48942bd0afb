package lychgate.session;

import java.util.List;

/**
 * What the game tells the portal. Any thread may call; none of it blocks. A session that is no
 * longer there is passed over in silence: the news of its end is on the way.
 */
public interface PortalSide {

    /** Commands for the session's client, in their order. */
    void dataOut(long sessid, List<CommandTuple> commands);

    /**
     * The game is done with so many of the commands that it was handed by {@link GameSide#dataIn}.
     */
    void consumed(long sessid, int commands);

    /** An account has been logged in over the session. */
    void loggedIn(long sessid, long account, String name);

    /**
     * The game changes the session's state.
     *
     * @param changes in their order; all of them at once
     */
    void sync(long sessid, List<SessionChange> changes);

    /** The game was away for so many nanoseconds and is back, with all sessions. */
    void reloaded(long awayNanos);

    /** Ends the session. */
    void disconnect(long sessid, String reason);
}
