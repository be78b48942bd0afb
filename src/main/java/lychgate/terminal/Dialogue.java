package lychgate.terminal;

import java.util.List;

/**
 * How a person's lines come in and a game's words go out. Makes no output of its own accord: after
 * any call, {@link #take} gives what is to be sent. Not thread safe.
 */
public sealed interface Dialogue permits LineEditor, PlainDialogue {

    /** What a person does with lines. */
    interface Typist {
        /** A line was entered. */
        void entered(String line);

        /** A line was entered that had been longer than it may be; it is dropped. */
        void enteredTooMuch();

        /** There is no more to come. */
        void leaves();
    }

    /** What is to be sent by now, which is then forgotten here. */
    String take();

    /** Takes characters from the person. */
    void typed(String characters);

    /** Shows a text on lines of its own. */
    void show(String text);

    /** Changes what stands before the person's input. */
    void prompt(String text);

    /** Whether what is typed is hidden: it is a password, which nobody sees and nothing keeps. */
    void hidden(boolean now);

    /** Whether lines that are entered can be called back. */
    default void remembering(boolean now) {}

    /** Words that the first word of a line can be completed to. */
    default void completes(List<String> known) {}

    /** The window has another size. */
    default void resize(int columns, int rows) {}

    /** No more characters come: what is there without an end is a line. */
    default void ended() {}

    /** Nothing is typed any more: the place is made ready for last words. */
    void end();
}
