package lychgate.server;

import lychgate.session.CommandTuple;
import lychgate.text.PlayerText;

import java.io.IOException;

/**
 * A game. All methods are called on the game thread, one at a time. An exception ends only the
 * command that threw it: the player is told that the command failed, and the exception is logged.
 */
public interface Game {

    /**
     * Starts the game. Inputfuncs, variables and timers are registered here.
     *
     * @throws IOException if the game cannot start: the message is one sentence for the operator
     */
    void start(GameHost host) throws IOException;

    /** A client has connected. It may still be negotiating; {@link #greet} follows. */
    default void opened(ServerSession session) {}

    /** The client is ready to be greeted: negotiation is complete, or 0.3 seconds have passed. */
    void greet(ServerSession session);

    /** The player typed a line. */
    void text(ServerSession session, PlayerText line);

    /**
     * A line has been handled, even if it failed or took long: the place to send a prompt. Not
     * called while a question is open.
     */
    default void answered(ServerSession session) {}

    /** Any inputcommand, before its inputfunc handles it. */
    default void input(ServerSession session, CommandTuple command) {}

    /** A client wants to log in by the inputfunc {@code login} rather than by typing. */
    default void login(ServerSession session, String name, Secret password) {}

    /** The game has been restarted, and this session existed before. */
    default void restored(ServerSession session) {}

    /**
     * The session has come from the game of another shard, by {@link ServerSession#move}; what that
     * game stored with it is there.
     */
    default void arrived(ServerSession session) {
        restored(session);
    }

    /** The session has ended, or gone to another shard; nothing sent to it arrives any more. */
    default void closed(ServerSession session) {}

    /** Stops the game. Sessions stay with the portal. */
    default void stop() {}
}
