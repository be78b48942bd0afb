package lychgate.plugin;

import lychgate.session.CommandTuple;

import java.util.List;

/**
 * A session that connects to somewhere else because the game asked for it: a bot on a chat network,
 * the reader of a feed. To the game it is a session like any other, and logged in from the start.
 *
 * <p>It is <em>one</em> session for as long as the game wants it. When its connection is lost, it
 * connects again by itself, and the game need not know.
 *
 * <p><b>Threads.</b> {@link #start} and {@link #stop} are called once, on threads of their own, and
 * may block. {@link #dataOut} must not block.
 */
public interface OutboundSession {

    /** The protocol, for the game and for the counters: {@code ircbot}. */
    String protocolKey();

    /** Where it connects to, for the game and for operators: {@code #lobby@irc.example.org}. */
    String address();

    /**
     * Begins to connect.
     *
     * @param game where what arrives is passed on to
     */
    void start(OutboundLink game);

    /**
     * Takes commands of the game, in order. Those that mean nothing here are ignored: a game tells
     * each session a lot.
     */
    void dataOut(List<CommandTuple> commands);

    /** Closes the connection: the game does not want the session any more. */
    void stop();
}
