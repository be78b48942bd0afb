package lychgate.bus;

import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.SessionSync;

import java.util.List;

/**
 * What the portal that has a client's connection tells the portal that serves the game: {@code
 * lychgate.session.GameSide}, as values.
 */
public sealed interface ToGame {

    /**
     * A client has connected, and no game has heard of it.
     *
     * @param settled whether negotiation with the client is complete
     * @param writable whether it keeps up with reading
     */
    record Opened(SessionSync session, boolean settled, boolean writable) implements ToGame {}

    /**
     * A session that is not new; told of all when the stream begins.
     *
     * @param told whether the game was away for so long that the player has been told
     */
    record Present(SessionSync session, boolean settled, boolean writable, boolean told)
            implements ToGame {}

    /** A session comes from another shard, with what its game kept. */
    record Arrived(SessionSync session, boolean settled, boolean writable) implements ToGame {}

    /** All sessions that were there when the stream began have been told. */
    record AllPresent() implements ToGame {}

    /** All that is known of the client now. */
    record Facts(long sessid, ClientFacts facts) implements ToGame {}

    /** Negotiation is complete. */
    record Settled(long sessid) implements ToGame {}

    /**
     * Commands of the client.
     *
     * @param line the number of the first of them among the session's commands, from 1. A command
     *     that is sent again, to a game that may not have got it, has the number that it had
     */
    record Input(long sessid, long line, List<CommandTuple> commands) implements ToGame {
        public Input {
            commands = List.copyOf(commands);
        }
    }

    /** Whether the client keeps up with reading. */
    record Writable(long sessid, boolean writable) implements ToGame {}

    /** The client is gone. */
    record Closed(long sessid, String reason) implements ToGame {}

    /** The session goes to another shard: it has sent its last here. */
    record Parting(long sessid) implements ToGame {}
}
