package lychgate.demo;

import lychgate.text.PlayerText;

/**
 * Something that a player may type.
 *
 * @param usage its name and what stands behind it, as {@code help} shows it
 * @param shortcut another name for it; empty for none
 * @param help what it does, in a few words
 * @param action what it does
 */
record Command(String usage, String shortcut, String help, Action action) {

    /** What a command does with what stands behind its name. */
    @FunctionalInterface
    interface Action {
        void run(Actor actor, PlayerText rest);
    }

    /** A command with one name. */
    Command(String usage, String help, Action action) {
        this(usage, "", help, action);
    }

    /** The word that is typed. */
    String name() {
        return new PlayerText(usage).verb();
    }
}
