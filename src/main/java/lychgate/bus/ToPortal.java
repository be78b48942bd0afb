package lychgate.bus;

import lychgate.session.CommandTuple;
import lychgate.session.Departure;
import lychgate.session.SessionChange;

import java.util.List;

/**
 * What the portal that serves the game tells the portal that has the clients' connections: {@code
 * lychgate.session.PortalSide}, as values.
 */
public sealed interface ToPortal {

    /** The game has all sessions that it was told of: what clients send may follow. */
    record Ready() implements ToPortal {}

    /**
     * The same commands for the clients of one or many sessions.
     *
     * @param sessids in the order in which the game sent them
     */
    record Output(List<Long> sessids, List<CommandTuple> commands) implements ToPortal {
        public Output {
            sessids = List.copyOf(sessids);
            commands = List.copyOf(commands);
        }
    }

    /**
     * The game has finished the session's commands.
     *
     * @param line the number of the last of them; see {@link ToGame.Input}
     */
    record Answered(long sessid, long line) implements ToPortal {}

    /** An account has been logged in. */
    record LoggedIn(long sessid, long account, String name) implements ToPortal {}

    /** The game changes the session's state. */
    record Changed(long sessid, List<SessionChange> changes) implements ToPortal {
        public Changed {
            changes = List.copyOf(changes);
        }
    }

    /** The game has been restarted, by itself, after being away for so many nanoseconds. */
    record Reloaded(long awayNanos) implements ToPortal {}

    /** The session ends. */
    record Ended(long sessid, String reason, Departure why) implements ToPortal {}

    /** The game wants the session to go to another shard. */
    record Moved(long sessid, String shard) implements ToPortal {}

    /** What {@link ToGame.Parting} announced is done: no more comes from here for the session. */
    record Parted(long sessid) implements ToPortal {}
}
