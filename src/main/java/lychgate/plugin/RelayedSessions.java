package lychgate.plugin;

import lychgate.plugin.PortalSessionHandler.Registration;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.PortalSession;
import lychgate.session.SessionSync;

import java.util.List;
import java.util.function.LongConsumer;

/**
 * Sessions whose clients are connected to another portal and meet the game of this process. Their
 * own portal gave them their numbers, cleans and limits their input, echoes it, and ends them when
 * they are idle; nothing of that is done again here.
 *
 * <p>A relayed session is a {@link PortalSession} like any other, implemented by the transport that
 * carries it: {@link PortalSession#dataOut}, {@code consumed}, {@code begun}, {@code loggedIn},
 * {@code changed} and {@code disconnect} are what its own portal is to be told. {@link
 * PortalSessionHandler#settled}, {@code writable}, {@code disconnect} and {@code awaitsGame} work
 * as for the others.
 *
 * <p><b>Threads and order.</b> As of {@link PortalSessionHandler}.
 */
public interface RelayedSessions {

    /**
     * A session that its own portal has just opened: the game hears that a client has connected.
     *
     * @param sync its state, with the number, the origin and the facts that its own portal knows
     * @throws IllegalStateException if a session of that number exists
     */
    Registration open(PortalSession session, SessionSync sync);

    /**
     * A session that existed before: the game of this process is not the one that knew it, or has
     * lost it. Who was logged in by an account is logged in again; the others come to the login
     * screen. What the game kept with the session is in {@code sync}.
     *
     * @param sync its state, with what the game has changed
     * @param told whether its own portal has told the player that the game is away
     * @throws IllegalStateException if a session of that number exists
     */
    Registration resume(PortalSession session, SessionSync sync, boolean told);

    /**
     * A session that comes from the game of another shard.
     *
     * @param sync its state, with what that game kept of it
     * @throws IllegalStateException if a session of that number exists
     */
    Registration arrive(PortalSession session, SessionSync sync);

    /**
     * The client sent commands, which its own portal has cleaned and limited; or its own portal
     * tells by {@code session_away} and {@code session_back} how the client is. Each is finished by
     * {@link PortalSession#consumed}.
     */
    void dataIn(PortalSession session, List<CommandTuple> commands);

    /** All that is known of the client now. */
    void facts(PortalSession session, ClientFacts facts);

    /**
     * The client goes on over another connection to its own portal.
     *
     * @param protocolKey the protocol that is spoken now
     * @param address the client's address, without a port
     */
    void moved(PortalSession session, String protocolKey, String address);

    /**
     * Runs a task whenever the game, or this portal, has told all that it has for now, for however
     * many sessions: what was told since then can be passed on together. Everything that a relayed
     * session is told is followed by it, on the same thread. The task must not block.
     */
    void whenTurnEnds(Runnable task);

    /**
     * Calls back when the game has been restarted and is back with all sessions.
     *
     * @param back given how long the game was away, in nanoseconds
     */
    void whenReloaded(LongConsumer back);
}
