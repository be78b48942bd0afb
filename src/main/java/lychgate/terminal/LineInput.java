package lychgate.terminal;

import java.util.List;

/**
 * A player's line as it is typed, and the game's texts around it. Produces no output of its own
 * accord: after any call, {@link #take} gives what is to be sent. Not thread safe.
 */
public sealed interface LineInput permits LineEditor, PlainLines {

    /** What is to be sent by now, which is then forgotten here. */
    String take();

    /** Takes characters that the player has typed. */
    void typed(String characters);

    /** Shows a text on lines of its own. */
    void show(String text);

    /** Changes what stands before the player's input. */
    void prompt(String text);

    /** Whether what is typed is hidden: it is a password, which nobody sees and nothing keeps. */
    void hide(boolean now);

    /** Whether lines that are entered can be called back. */
    default void keepHistory(boolean now) {}

    /** Words that the first word of a line can be completed to. */
    default void offerCompletions(List<String> known) {}

    /** The window has another size. */
    default void resize(int columns, int rows) {}

    /** No more characters come: what is there without an end is a line. */
    default void ended() {}

    /** Whether a line has been begun. */
    boolean hasUnfinishedLine();

    /** Nothing is typed any more: the place is made ready for last words. */
    void end();
}
