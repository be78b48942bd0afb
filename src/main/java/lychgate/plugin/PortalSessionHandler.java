package lychgate.plugin;

import lychgate.session.Browser;
import lychgate.session.Claim;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.PortalSession;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * All sessions of the portal, and their connection to the game.
 *
 * <p><b>Threads and order.</b> Of one session, a protocol calls {@link #connect} first, {@link
 * #disconnect} last, and one method at a time. Calls of different sessions may overlap. None
 * blocks.
 */
public interface PortalSessionHandler {
    /** The reason of a session that ends without anybody having wished it. */
    String LOST = "connection lost";

    /**
     * A client has connected: the session gets a number, and the game hears of it at once.
     *
     * @param opening what is known about the connection
     */
    Registration connect(PortalSession session, Opening opening);

    /**
     * The client sent a command. Control characters are removed here; a command over a limit is
     * dropped and the player told. Commands of closed sessions are ignored.
     *
     * @return whether it is passed to the game
     */
    boolean dataIn(PortalSession session, CommandTuple command);

    /**
     * The client sent a line that was longer than {@code limits.line_length}; it has been dropped.
     */
    void lineTooLong(PortalSession session);

    /** A fact about the client has become known. */
    <T> void learned(PortalSession session, Fact<T> fact, T value, String source);

    /** The client has sent a sign of life: the session is not idle. */
    void alive(PortalSession session);

    /** Initial negotiation is complete. */
    void settled(PortalSession session);

    /** The client has fallen behind with reading ({@code false}) or caught up. */
    void writable(PortalSession session, boolean writable);

    /**
     * The client has lost its connection; the session waits for it to come back. The game is told,
     * if it runs in this process.
     */
    void away(PortalSession session);

    /**
     * The session goes on over another connection: the client was away, or has changed its
     * connection without being missed.
     *
     * @param protocolKey the protocol that is spoken now
     * @param address the client's address, without a port
     */
    void back(PortalSession session, String protocolKey, String address);

    /** The connection is gone. More than one call is harmless. */
    void disconnect(PortalSession session, String reason);

    /**
     * Offers outbound sessions to the game, which asks for one by name. A later offer of the same
     * name replaces an earlier one.
     *
     * @param names a short one, and for Evennia the dotted name of the class that the Server names
     */
    void offer(Set<String> names, OutboundFactory factory);

    /** The sessions whose clients are connected to other portals. */
    RelayedSessions relayed();

    /** The number of players that are logged in; outbound sessions are no players. */
    int loggedIn();

    /** The numbers of all sessions. */
    List<Long> ids();

    /**
     * What is known about a connection when it opens.
     *
     * @param protocolKey the protocol, {@code telnet}, {@code ssh}, …; its name in the counters
     * @param address the client's address, without a port
     * @param facts what is known about the client
     * @param claim the account that the client claims; null for none
     * @param browser the browser that it comes from, as the game's website knows it; null for none
     */
    record Opening(
            String protocolKey,
            String address,
            ClientFacts facts,
            @Nullable Claim claim,
            @Nullable Browser browser) {

        /** For a client that is not a browser. */
        public Opening(
                String protocolKey, String address, ClientFacts facts, @Nullable Claim claim) {
            this(protocolKey, address, facts, claim, null);
        }

        /** For a client that claims no account. */
        public Opening(String protocolKey, String address, ClientFacts facts) {
            this(protocolKey, address, facts, null);
        }
    }

    /** The portal's record of a session. Any thread may ask. */
    interface Registration {
        /** The session's number: positive, never reused. */
        long id();

        /** What is known of the client now, by its own word or the game's. */
        ClientFacts facts();

        /** Whether the game has not finished all input of the session. */
        default boolean awaitsGame() {
            return false;
        }
    }
}
