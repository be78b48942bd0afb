package lychgate.session;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;

/**
 * One client's connection, whatever its protocol: implemented by a protocol, called by the portal.
 *
 * <p>For the other direction, when something arrives from the client, the protocol calls {@code
 * lychgate.plugin.PortalSessionHandler}. Together they are the customer's {@code Session} class:
 * {@code docs/writing-a-protocol.md} has a table of the names.
 *
 * <p><b>Threads.</b> Any thread may call any method, several at once; none may block. Output from
 * one thread must arrive in the order in which it was sent.
 */
public interface PortalSession {

    /**
     * Takes commands for the client, in order. {@link OutputFuncs#send} hands each to the
     * outputfunc for its kind.
     */
    void dataOut(List<CommandTuple> commands);

    /**
     * The game has finished so many of the commands that this session sent, the oldest first. One
     * that the game never gets, because the link cannot carry it, counts as finished.
     */
    default void consumed(int commands) {}

    /** The game begins with a command of this session, if the link can tell. */
    default void begun() {}

    /** An account has been logged in over this session. */
    default void atLogin() {}

    /**
     * The same, for a session that must know who.
     *
     * @param account the account's number
     * @param name the account's name
     */
    default void loggedIn(long account, String name) {
        atLogin();
    }

    /** The game has been restarted and is back. */
    default void atReload() {}

    /** The game has changed the session's state; the changes apply in order, all at once. */
    default void changed(List<SessionChange> changes) {}

    /** The game has changed facts about the client; they apply from the next output on. */
    default void factsChanged(ClientFacts facts) {}

    /**
     * Ends the connection: shows the reason, if any, sends what is still unsent, and closes.
     * Repeated calls are harmless.
     *
     * @param reason shown to the player; empty for none
     */
    void disconnect(String reason);

    /**
     * The same, by a protocol that tells its client why.
     *
     * @param why what the reason amounts to
     */
    default void disconnect(String reason, Departure why) {
        disconnect(reason);
    }

    /** Whether it can go to the game of another shard: only a session of another portal can. */
    default boolean canMove() {
        return false;
    }

    /** The game wants it to go to the game of another shard. */
    default void move(String shard) {}

    /**
     * Pauses reading from the client, or resumes. While paused, what the client sends stays in its
     * TCP connection.
     */
    default void holdInput(boolean hold) {}

    /**
     * The approximate number of bytes that the session has been given and its client has not
     * received yet, counted from {@link #dataOut} on.
     */
    default long unsent() {
        return 0;
    }

    /** Tells, perhaps later, what was negotiated with the client. */
    default void features(Consumer<List<Feature>> taker) {
        taker.accept(List.of());
    }

    /** What the wire carries, for operators; null if it is not recorded. */
    default @Nullable Trace trace() {
        return null;
    }
}
