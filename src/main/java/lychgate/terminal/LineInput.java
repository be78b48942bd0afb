package lychgate.terminal;

import java.util.List;

/**
 * Reads lines as they are typed, and displays output around them. Does no I/O: after any call,
 * {@link #take} returns what to send. Not thread safe.
 */
public sealed interface LineInput permits LineEditor, PlainLines {

    /** Takes the output to send to the client. */
    String take();

    /** Processes characters from the terminal. */
    void typed(String characters);

    /** Shows a text on lines of its own. */
    void show(String text);

    /** Changes the prompt. */
    void prompt(String text);

    /**
     * Hides what is typed (a password: it is neither displayed nor kept in the history), or shows
     * it again.
     */
    void hide(boolean now);

    /** Turns the history on or off. */
    default void keepHistory(boolean now) {}

    /** Sets the words that the first word of a line can be completed to. */
    default void offerCompletions(List<String> known) {}

    /** The window was resized. */
    default void resize(int columns, int rows) {}

    /** End of input: an unfinished line counts as entered. */
    default void ended() {}

    /** Whether a line has been typed in part. */
    boolean hasUnfinishedLine();

    /** Ends typing and leaves the screen ready for the last message. */
    void end();
}
