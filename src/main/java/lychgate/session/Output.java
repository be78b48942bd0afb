package lychgate.session;

/**
 * An outputcommand as a protocol sees it: the two that every protocol has, and all others.
 *
 * <p>Texts are markup (see {@code lychgate.text}); each session renders it for its own client.
 */
public sealed interface Output {

    /** Words for the player, on a line of their own. */
    record Text(String markup, OutputOptions options) implements Output {}

    /** What stands before the player's input: no line end follows it. */
    record Prompt(String markup, OutputOptions options) implements Output {}

    /** Any other command: out-of-band, for clients that can take it. */
    record Oob(CommandTuple command) implements Output {}

    /** Sorts a command. A text without an argument, or with null, is the empty line. */
    static Output of(CommandTuple command) {
        if (command.is(CommandTuple.TEXT)) {
            return new Text(markup(command), options(command));
        }
        if (command.is(CommandTuple.PROMPT)) {
            return new Prompt(markup(command), options(command));
        }
        return new Oob(command.without(CommandTuple.OPTIONS));
    }

    private static String markup(CommandTuple command) {
        return Values.text(command.argument(0));
    }

    private static OutputOptions options(CommandTuple command) {
        return OutputOptions.of(command.kwargs().get(CommandTuple.OPTIONS));
    }
}
