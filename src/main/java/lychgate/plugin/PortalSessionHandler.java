package lychgate.plugin;

import lychgate.session.Claim;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.PortalSession;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * All sessions of the portal, and what joins them to the game.
 *
 * <p><b>Threads and order.</b> Of one session, a protocol calls {@link #connect} first, {@link
 * #disconnect} last, and one method at a time. Calls of different sessions may overlap. None
 * blocks.
 */
public interface PortalSessionHandler {

    /**
     * A client has connected: the session gets a number, and the game hears of it at once.
     *
     * @param opening what is known of the connection
     */
    Registration connect(PortalSession session, Opening opening);

    /**
     * The client sent a command. Control characters are taken out here; what breaks a limit is
     * dropped and the player told. A session that is gone is passed over.
     *
     * @return whether the game is handed it
     */
    boolean dataIn(PortalSession session, CommandTuple command);

    /**
     * The client sent a line that was longer than {@code limits.line_length}; it has been dropped.
     */
    void lineTooLong(PortalSession session);

    /** Something has become known of the client. */
    <T> void learned(PortalSession session, Fact<T> fact, T value, String source);

    /** The client says that it is still there: it is not idle. */
    void alive(PortalSession session);

    /** All that is to be learned at the client's arrival has been learned. */
    void settled(PortalSession session);

    /** The client has fallen behind with reading ({@code false}), or has caught up. */
    void writable(PortalSession session, boolean writable);

    /** The connection is gone. More than one call is harmless. */
    void disconnect(PortalSession session, String reason);

    /** Sessions over which an account is logged in. */
    int loggedIn();

    /** The numbers of all sessions. */
    List<Long> ids();

    /**
     * What is known of a connection when it is made.
     *
     * @param protocolKey what is spoken: {@code telnet}, {@code ssh}, …; the name in the counters
     * @param address where the client is, without a port
     * @param facts what is known of the client
     * @param claim who it says it is; null where it says nothing
     */
    record Opening(String protocolKey, String address, ClientFacts facts, @Nullable Claim claim) {

        /** Of a client that does not say who it is. */
        public Opening(String protocolKey, String address, ClientFacts facts) {
            this(protocolKey, address, facts, null);
        }
    }

    /** What the portal keeps of a session. Any thread may ask. */
    interface Registration {
        /** The session's number: positive, never used twice. */
        long id();

        /** What is known of the client now, by its own word or the game's. */
        ClientFacts facts();
    }
}
