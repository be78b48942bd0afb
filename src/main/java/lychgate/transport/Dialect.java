package lychgate.transport;

import lychgate.session.ClientFacts;
import lychgate.session.Feature;
import lychgate.session.OutputFuncs;

import java.util.List;

/**
 * Encodes and decodes one protocol for a {@link Conversation}. Encodes the game's output and passes
 * the bytes to {@link Conversation#send}; decodes the client's bytes into lines and commands and
 * passes them to {@link Conversation#entered} and {@link Conversation#received}.
 *
 * <p>Called on the conversation's mailbox, one call at a time, except {@link #hasPendingInput} and
 * {@link #tick}. Once the session is closing, only {@link #farewell}, {@link #endOutput}, {@link
 * #flush} and {@link #closed} are called.
 */
public interface Dialect extends OutputFuncs {

    /** An account has logged in on this session. */
    default void atLogin() {}

    /** The game has been restarted and is available again. */
    default void atReload() {}

    /** The game has changed a fact about the client, which applies to the next output. */
    default void factsChanged(ClientFacts facts) {}

    /**
     * Sends the last message of the session.
     *
     * @param reason markup for the player; empty if there is nothing to say
     */
    void farewell(String reason);

    /** Finishes the output, e.g. a compressed stream; nothing is sent after it. */
    default void endOutput() {}

    /**
     * Passes on output that was buffered to be sent in one piece. Called after each turn of the
     * mailbox.
     */
    default void flush() {}

    /** Whether there is buffered input for {@link #processInput}. Any thread may call. */
    default boolean hasPendingInput() {
        return false;
    }

    /**
     * Processes one portion of buffered input, if {@link Conversation#mayProcessInput} allows it.
     */
    default void processInput() {}

    /**
     * Handles what is due by time alone, e.g. a keepalive. Called about once a second by the
     * scheduler's thread.
     */
    default void tick(long now) {}

    /**
     * Whether the session outlives its connection: the client may come back over another one. Any
     * thread may call.
     */
    default boolean outlivesConnection() {
        return false;
    }

    /**
     * The connection takes no output and is given up, but the session {@link #outlivesConnection
     * outlives} it: detaches the conversation from it.
     */
    default void connectionGivenUp() {}

    /**
     * Whether the dialect records what it decodes and encodes with {@link Conversation#tap}. For
     * any other, the conversation records lines and commands. Does not change.
     */
    default boolean traces() {
        return false;
    }

    /** What was negotiated with the client, for operators. */
    default List<Feature> features() {
        return List.of();
    }

    /** The session is closed: releases all resources. */
    default void closed() {}
}
