package lychgate.session;

import java.util.List;

/**
 * What the portal tells the game.
 *
 * <p><b>Threads and order.</b> Calls about one session come one after the other, in order; calls
 * about different sessions may come at the same time. None may block: an implementation hands them
 * on.
 */
public interface GameSide {

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
     * The client has fallen behind with reading, and the game should wait ({@code false}); or it
     * has caught up.
     */
    void writable(long sessid, boolean writable);
}
