package lychgate.server.runtime;

import lychgate.session.CommandTuple;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;
import lychgate.session.PortalSide;

import java.util.ArrayList;
import java.util.List;

/** What a session has for the portal and has not handed over. Belongs to the game thread. */
final class SessionOutput {
    /** Characters that wait at most, but for the last command's: memory, and others' turns. */
    static final int MAX_CHARACTERS = 16 * 1024;

    private final List<CommandTuple> commands = new ArrayList<>();
    private int characters;
    private int consumed;
    private boolean hidden; // what is typed, until some words show it again

    /** What the player types is not shown from now on. */
    void hide() {
        hidden = true;
    }

    /** An input has been dealt with. */
    void consumed() {
        consumed++;
    }

    /**
     * Adds a command.
     *
     * @return its text, or its name
     */
    String add(CommandTuple message) {
        CommandTuple command = hidden ? shownAgain(message) : message;
        commands.add(command);
        String text = command.argument(0) instanceof String words ? words : command.name();
        characters += text.length();
        return text;
    }

    /** Whether it should be handed over now. */
    boolean full() {
        return characters > MAX_CHARACTERS;
    }

    void flush(long sessid, PortalSide portal) {
        if (!commands.isEmpty()) {
            List<CommandTuple> batch = List.copyOf(commands);
            commands.clear();
            characters = 0;
            portal.dataOut(sessid, batch);
        }
        if (consumed > 0) {
            portal.consumed(sessid, consumed);
            consumed = 0;
        }
    }

    /**
     * The first words after a password show again what is typed, unless they ask for another one.
     */
    private CommandTuple shownAgain(CommandTuple message) {
        if (!message.is(CommandTuple.TEXT) && !message.is(CommandTuple.PROMPT)) {
            return message;
        }
        hidden = false;
        OutputOptions options = OutputOptions.of(message.kwargs().get(CommandTuple.OPTIONS));
        return options.get(OutputOption.ECHO) != null
                ? message
                : message.kwarg(
                        CommandTuple.OPTIONS, options.with(OutputOption.ECHO, true).table());
    }
}
