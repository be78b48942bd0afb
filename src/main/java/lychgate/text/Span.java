package lychgate.text;

import java.util.List;

/** A piece of parsed markup: words, a line end, a change of style, or a link. */
public sealed interface Span {

    /** Words to be displayed unchanged. The only control characters in them are TAB, BEL and FF. */
    record Words(String text) implements Span {}

    /** The end of a line inside a text. */
    record LineBreak() implements Span {}

    /** A style switched on or off. */
    record Style(Effect effect, boolean on) implements Span {}

    /** A colour for what follows. */
    record Paint(Ground ground, Colour colour) implements Span {}

    /** Back to the client's own colour and style. */
    record Reset() implements Span {}

    /**
     * An SGR sequence that was written out in the text, as in Evennia's tables.
     *
     * @param parameters the numbers between {@code ESC [} and {@code m}
     */
    record Sgr(List<Integer> parameters) implements Span {
        public Sgr {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * Words that can be clicked.
     *
     * @param kind what a click does
     * @param target the command that is sent, or the address that is opened
     * @param label what is shown
     */
    record Link(Kind kind, String target, List<Span> label) implements Span {
        public Link {
            label = List.copyOf(label);
        }

        /** What a click does. */
        public enum Kind {
            /** Sends a command to the game. */
            COMMAND,
            /** Opens an address. */
            URL
        }
    }

    /** Whether a colour applies to the letters or to their background. */
    enum Ground {
        /** The letters. */
        FOREGROUND,
        /** The background. */
        BACKGROUND
    }

    /** The text styles, with their SGR numbers. */
    enum Effect {
        /** Bold or bright. */
        BOLD(1, 22),
        /** Italic. */
        ITALIC(3, 23),
        /** Underlined. */
        UNDERLINE(4, 24),
        /** Blinking. */
        BLINK(5, 25),
        /** Foreground and background exchanged. */
        INVERSE(7, 27),
        /** Struck through. */
        STRIKE(9, 29);

        private final int on;
        private final int off;

        Effect(int on, int off) {
            this.on = on;
            this.off = off;
        }

        /** The SGR number that switches it on, or off. */
        public int sgr(boolean wanted) {
            return wanted ? on : off;
        }
    }
}
