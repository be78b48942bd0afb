package lychgate.transport.web.session;

import lychgate.session.CommandTuple;
import lychgate.session.OutputOptions;
import lychgate.session.Weight;

/** An output of the game with all that decides how it is shown: it can be shown again later. */
sealed interface Shown {

    /** A text. Keeps its keywords, e.g. the channel that it comes from. */
    record Text(CommandTuple command, OutputOptions options) implements Shown {}

    /**
     * A prompt.
     *
     * @param hidden whether what is typed behind it must not be seen
     */
    record Prompt(CommandTuple command, OutputOptions options, boolean hidden) implements Shown {}

    /** An out-of-band command. */
    record Oob(CommandTuple command) implements Shown {}

    /** Its size in memory, in bytes. */
    default int weight() {
        return Weight.REFERENCE
                + switch (this) {
                    case Text(CommandTuple command, _) -> Weight.of(command);
                    case Prompt(CommandTuple command, _, _) -> Weight.of(command);
                    case Oob(CommandTuple command) -> Weight.of(command);
                };
    }
}
