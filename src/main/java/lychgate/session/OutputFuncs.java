package lychgate.session;

import java.util.List;

/**
 * What a protocol does with each kind of output: the outputfuncs. A protocol implements these
 * three; what has no place in it is dropped in {@link #sendDefault}.
 */
public interface OutputFuncs {

    /** Shows text to the player, on lines of its own. */
    void sendText(Output.Text text);

    /** Shows the prompt, which stands before the player's input. */
    void sendPrompt(Output.Prompt prompt);

    /** Sends any other command out of band; a protocol that has no place for it drops it. */
    void sendDefault(CommandTuple command);

    /** Hands each command to the function for its kind, in order. */
    default void send(List<CommandTuple> commands) {
        for (CommandTuple command : commands) {
            switch (Output.of(command)) {
                case Output.Text text -> sendText(text);
                case Output.Prompt prompt -> sendPrompt(prompt);
                case Output.Oob(CommandTuple oob) -> sendDefault(oob);
            }
        }
    }
}
