package lychgate.telnet.option;

import lychgate.session.CommandTuple;
import lychgate.session.OutputOptions;

/** What is on its way to the client, before it is bytes. */
public sealed interface Outbound {

    /** Words on lines of their own. */
    record Text(String markup, OutputOptions options) implements Outbound {}

    /**
     * What stands before the player's input.
     *
     * @param marked whether an option has said that it will mark its end
     */
    record Prompt(String markup, OutputOptions options, boolean marked) implements Outbound {
        /** The same, whose end is being marked. */
        public Prompt withMark() {
            return new Prompt(markup, options, true);
        }
    }

    /**
     * The end of a line or prompt is marked, whatever is agreed on: the game or the player wants
     * it.
     */
    record GoAhead() implements Outbound {}

    /** An out-of-band command. */
    record Oob(CommandTuple command) implements Outbound {}

    /** Shows what the player types next, or hides it. */
    record Echo(boolean shown) implements Outbound {}

    /** Nothing to send yet: what the client sends is sent back to it from here on, or no more. */
    record RemoteEcho(boolean on) implements Outbound {}

    /** Nothing to send: an account has been logged in. */
    record LoggedIn() implements Outbound {}

    /** Nothing to send: the game has been restarted. */
    record Reloaded() implements Outbound {}

    /** Nothing to show: it is time to measure the round trip again. */
    record Measure() implements Outbound {}

    /**
     * Nothing to show, for that has been done: the session ends next.
     *
     * @param reason why, in plain words; empty where there is nothing to say
     */
    record Goodbye(String reason) implements Outbound {}
}
