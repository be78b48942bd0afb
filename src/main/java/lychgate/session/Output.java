package lychgate.session;

/**
 * An outputcommand as a protocol sees it: text and prompts, which every protocol can show, and
 * everything else.
 *
 * <p>Text is markup (see {@code lychgate.text}); each session renders it for its own client.
 */
public sealed interface Output {

    /** Text for the player, on a line of its own. */
    record Text(String markup, OutputOptions options) implements Output {}

    /** The prompt: not followed by a line end. */
    record Prompt(String markup, OutputOptions options) implements Output {}

    /** Any other command: out-of-band, for clients that support it. */
    record Oob(CommandTuple command) implements Output {}

    /** Classifies a command. A text whose argument is missing or null is an empty line. */
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
