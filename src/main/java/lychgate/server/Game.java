package lychgate.server;

import lychgate.session.CommandTuple;
import lychgate.text.PlayerText;

import java.io.IOException;

/**
 * A game. Every method is called on the game thread, one at a time. What it throws ends nothing but
 * what was being done: the player is told that the command failed, and the log has the rest.
 */
public interface Game {

    /**
     * Begins. Inputfuncs, variables and timers are registered here.
     *
     * @throws IOException if the game cannot begin: the message is one sentence for the operator
     */
    void start(GameHost host) throws IOException;

    /** A client has connected. It may still be negotiating; the time to greet it comes. */
    default void opened(ServerSession session) {}

    /**
     * The client is ready to be greeted: what can be learned of it at its arrival has been learned,
     * or 0.3 seconds have passed.
     */
    void greet(ServerSession session);

    /** A player typed a line. */
    void text(ServerSession session, PlayerText line);

    /**
     * A line has been dealt with, also one that failed or took long: the place to send a prompt.
     * Not called while a question is open.
     */
    default void answered(ServerSession session) {}

    /** Any inputcommand, before its inputfunc gets it: for a game that wants to watch. */
    default void input(ServerSession session, CommandTuple command) {}

    /** A client wants to log in without typing: the inputfunc {@code login}. */
    default void login(ServerSession session, String name, Secret password) {}

    /** The game has been restarted, and this session was there before. */
    default void restored(ServerSession session) {}

    /** The session has ended; nothing that is sent to it arrives any more. */
    default void closed(ServerSession session) {}

    /** Ends. Sessions stay with the portal. */
    default void stop() {}
}
