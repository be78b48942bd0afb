package lychgate.terminal;

/** A key press. */
sealed interface Key {
    /** A character was typed. */
    record Typed(int codePoint) implements Key {}

    /** Any other key, by its function. */
    enum Command implements Key {
        ENTER,
        END_OF_INPUT,
        INTERRUPT,
        LEFT,
        RIGHT,
        WORD_LEFT,
        WORD_RIGHT,
        START,
        END,
        OLDER,
        NEWER,
        SEARCH_OLDER,
        SEARCH_NEWER,
        CANCEL,
        DELETE_LEFT,
        DELETE_RIGHT,
        KILL_WORD_LEFT,
        KILL_WORD_RIGHT,
        KILL_TO_START,
        KILL_TO_END,
        YANK,
        SWAP,
        COMPLETE,
        REDRAW
    }
}
