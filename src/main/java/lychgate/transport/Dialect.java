package lychgate.transport;

import lychgate.session.ClientFacts;
import lychgate.session.OutputFuncs;

/**
 * What one protocol makes of a {@link Conversation}: how the game's output becomes bytes, which it
 * hands to {@link Conversation#send}, and how the client's bytes become lines and commands, which
 * it hands to {@link Conversation#entered} and {@link Conversation#received}.
 *
 * <p>Called on the conversation's mailbox, one call at a time, except {@link #hasPendingInput} and
 * {@link #tick}. Once the session is leaving, only {@link #farewell}, {@link #endOutput}, {@link
 * #flush} and {@link #closed} are called.
 */
public interface Dialect extends OutputFuncs {

    /** An account has been logged in over this session. */
    default void atLogin() {}

    /** The game has been restarted and is back. */
    default void atReload() {}

    /** What is known of the client has changed by the game's word; the next output obeys. */
    default void factsChanged(ClientFacts facts) {}

    /**
     * Sends the last words of the session.
     *
     * @param reason markup for the player; empty for none
     */
    void farewell(String reason);

    /** Completes what is being sent, e.g. a compressed stream: nothing follows. */
    default void endOutput() {}

    /** Hands over what it has kept back to send it in one piece. Called after each turn. */
    default void flush() {}

    /** Whether input is here that {@link #processInput} would deal with. Any thread may call. */
    default boolean hasPendingInput() {
        return false;
    }

    /**
     * Deals with one portion of the input that is here, if {@link Conversation#mayProcessInput}.
     */
    default void processInput() {}

    /** Does what is due by time alone. Called about once a second, by the scheduler's thread. */
    default void tick(long now) {}

    /** The session is gone: gives back what it holds. */
    default void closed() {}
}
