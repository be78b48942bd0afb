package lychgate.demo;

import lychgate.text.PlayerText;

/**
 * A command that players can type.
 *
 * @param usage its name and arguments, as {@code help} shows them
 * @param shortcut another name for it; may be empty
 * @param help what it does, in a few words
 * @param action what it does
 */
record Command(String usage, String shortcut, String help, Action action) {

    /** What a command does with what follows its name. */
    @FunctionalInterface
    interface Action {
        void run(Actor actor, PlayerText rest);
    }

    /** A command without a shortcut. */
    Command(String usage, String help, Action action) {
        this(usage, "", help, action);
    }

    /** The word that players type. */
    String name() {
        return new PlayerText(usage).verb();
    }
}
