package lychgate.session;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The game as the portal sees it: receives what the portal tells it.
 *
 * <p><b>Threads and order.</b> {@link #start} comes first, {@link #stop} last. Calls for one
 * session are made in order, one at a time; calls for different sessions may overlap. None may
 * block: an implementation must queue them.
 */
public interface GameSide {

    /**
     * Starts. Blocks until the game runs, or is being waited for.
     *
     * @param portal receives what the game sends
     * @param sessions the existing sessions, for a game that has been restarted
     * @throws IOException if the start fails: the message is one sentence for the operator
     */
    void start(PortalSide portal, List<SessionSync> sessions) throws IOException;

    /** Stops. Sessions stay with the portal. Blocks until the game has stopped. */
    void stop();

    /**
     * Commands that the game received and has not begun, in order, by session number; they are
     * passed to the next game. Valid once the game has stopped.
     */
    default Map<Long, List<CommandTuple>> left() {
        return Map.of();
    }

    /** A client has connected; it may still be negotiating. */
    void connected(SessionSync session);

    /**
     * A session is here that existed before, at a game that has gone or has lost sight of it: it is
     * treated as one that was there when the game started.
     *
     * @param session its state, with what the game kept of it
     */
    default void resumed(SessionSync session) {
        connected(session);
    }

    /**
     * A session comes from the game of another shard, which has let it go.
     *
     * @param session its state, with what that game kept of it
     */
    default void arrived(SessionSync session) {
        resumed(session);
    }

    /** The facts about the client have changed. */
    void factsChanged(long sessid, ClientFacts facts);

    /** Negotiation with a newly connected client is complete. */
    void settled(long sessid);

    /** The client sent commands. */
    void dataIn(long sessid, List<CommandTuple> commands);

    /** The client is gone. */
    void disconnected(long sessid, String reason);

    /**
     * For how many nanoseconds the game's thread (or the link's) has been busy with one task; 0
     * while idle. Any thread may ask.
     */
    default long busyNanos() {
        return 0;
    }

    /**
     * Whether the client keeps up with reading; while it does not ({@code false}), the game should
     * hold back output.
     */
    void writable(long sessid, boolean writable);

    /** Problems of the game that need an operator, each in a few words; empty if there are none. */
    default List<String> troubles() {
        return List.of();
    }
}
