package lychgate.session;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The game, as the portal sees it: what the portal tells it.
 *
 * <p><b>Threads and order.</b> {@link #start} comes first, {@link #stop} last. Calls about one
 * session come one after the other, in order; calls about different sessions may come at the same
 * time. None may block: an implementation hands them on.
 */
public interface GameSide {

    /**
     * Begins. Blocks until the game is there, or is being waited for.
     *
     * @param portal for what the game says
     * @param sessions those that are there already, for a game that comes back to them
     * @throws IOException if it cannot: the message is one sentence for the operator
     */
    void start(PortalSide portal, List<SessionSync> sessions) throws IOException;

    /** Ends. The sessions stay with the portal. Blocks until it has ended. */
    void stop();

    /**
     * What it was handed and has not begun, by the session's number, in order: the next game does
     * it. To be asked when it has ended.
     */
    default Map<Long, List<CommandTuple>> left() {
        return Map.of();
    }

    /** A client has connected; it may still be negotiating. */
    void connected(SessionSync session);

    /** More is known of the client. */
    void factsChanged(long sessid, ClientFacts facts);

    /** All that is to be learned of the client at its arrival has been learned. */
    void settled(long sessid);

    /** The client sent commands. */
    void dataIn(long sessid, List<CommandTuple> commands);

    /** The client is gone. */
    void disconnected(long sessid, String reason);

    /**
     * How many nanoseconds the one thread that does all this has been at one thing; 0 while it
     * waits for something to do. Any thread may ask.
     */
    default long busyNanos() {
        return 0;
    }

    /**
     * The client has fallen behind with reading, and the game should wait ({@code false}); or it
     * has caught up.
     */
    void writable(long sessid, boolean writable);

    /** What an operator must mend in the game, each in a few words; empty while all is well. */
    default List<String> troubles() {
        return List.of();
    }
}
