package lychgate.server.runtime;

import lychgate.session.CommandTuple;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;
import lychgate.session.PortalSide;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Output of a session that has not been handed to the portal yet. Belongs to the game thread. */
final class SessionOutput {
    /**
     * Characters kept before they are flushed, not counting the last command: bounds memory and
     * turns.
     */
    static final int MAX_CHARACTERS = 16 * 1024;

    private final List<CommandTuple> commands = new ArrayList<>();
    private int characters;
    private int consumed;
    private @Nullable String goesTo; // another shard, with the end of the turn
    private boolean hidden; // input is not shown, until some text makes it visible

    /** Input is not shown from now on. */
    void hide() {
        hidden = true;
    }

    /** So many inputs are done. */
    void consumed(int inputs) {
        consumed += inputs;
    }

    /** It goes to another shard, behind all that is sent here and all that is done here. */
    void move(String shard) {
        goesTo = shard;
    }

    /** Whether it is about to go. */
    boolean goes() {
        return goesTo != null;
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

    /** Whether it should be flushed now. */
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
        String shard = goesTo;
        if (shard != null) {
            goesTo = null;
            portal.move(sessid, shard);
        }
    }

    /**
     * The first text after a password makes input visible again, unless it asks for another
     * password.
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
