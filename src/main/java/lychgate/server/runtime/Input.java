package lychgate.server.runtime;

import lychgate.session.CommandTuple;
import lychgate.session.Values;
import lychgate.text.PlayerText;

/** A command from a session's client. */
final class Input implements Work {
    /** Characters of a command's name that are logged. */
    private static final int MAX_NAME = 24;

    private final ServerSessionHandler handler;
    private final GameSession session;
    private final CommandTuple command;
    private boolean answers; // a question of the game

    Input(ServerSessionHandler handler, GameSession session, CommandTuple command) {
        this.handler = handler;
        this.session = session;
        this.command = command;
    }

    CommandTuple command() {
        return command;
    }

    /** The first word of a line only: the rest, and answers to questions, may be passwords. */
    @Override
    public String name() {
        if (!command.is(CommandTuple.TEXT)) {
            return shown(command.name());
        }
        return answers
                ? "an answer"
                : shown(new PlayerText(Values.text(command.argument(0))).verb());
    }

    @Override
    public boolean pauses() {
        return true;
    }

    @Override
    public void run() {
        answers = session.asking();
        handler.input(session, command);
    }

    private static String shown(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
    }
}
