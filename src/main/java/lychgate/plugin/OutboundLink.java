package lychgate.plugin;

import lychgate.session.CommandTuple;

/** The game, as an {@link OutboundSession} sees it. Any thread may call; no method blocks. */
public interface OutboundLink {

    /** The command whose inputfunc takes what a bot hears: its text, and what else is known. */
    String BOT_DATA_IN = "bot_data_in";

    /**
     * Passes something that has arrived on to the game. It is bounded and cleaned like the input of
     * any client: what is too much is dropped and counted.
     */
    void dataIn(CommandTuple command);

    /** Ends the session for good, because nothing is to be expected of it any more. */
    void disconnect(String reason);
}
