package lychgate.telnet.option;

import lychgate.session.CommandTuple;
import lychgate.session.OutputOptions;

/** A message to the client, before it becomes bytes; or an event that options act on. */
public sealed interface Outbound {

    /** Words on lines of their own. */
    record Text(String markup, OutputOptions options) implements Outbound {}

    /**
     * The text before the player's input.
     *
     * @param marked whether an option has announced that it will mark its end
     */
    record Prompt(String markup, OutputOptions options, boolean marked) implements Outbound {
        /** The same prompt, whose end is being marked. */
        public Prompt withMark() {
            return new Prompt(markup, options, true);
        }
    }

    /**
     * Marks the end of a line or prompt, whatever was negotiated: the game or the player requires
     * it.
     */
    record GoAhead() implements Outbound {}

    /** An out-of-band command. */
    record Oob(CommandTuple command) implements Outbound {}

    /** Displays or hides what the player types next. */
    record Echo(boolean shown) implements Outbound {}

    /** The client asked us to echo its input, or no longer does. Sends nothing by itself. */
    record RemoteEcho(boolean on) implements Outbound {}

    /** An account has logged in. Sends nothing by itself. */
    record LoggedIn() implements Outbound {}

    /** The game has been restarted. Sends nothing by itself. */
    record Reloaded() implements Outbound {}

    /** Asks the client for a TIMING-MARK, to measure the round trip again. */
    record Measure() implements Outbound {}

    /**
     * The session is about to end; the player has already been told.
     *
     * @param reason why, in plain words; may be empty
     */
    record Goodbye(String reason) implements Outbound {}
}
