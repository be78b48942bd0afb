package lychgate.characters;

import org.jspecify.annotations.Nullable;

/**
 * Tells what was typed from the control functions that a terminal sends among it: for keys, for the
 * mouse, and as answers. Where one ends is ECMA-48's affair and not its last letter's: a function
 * that nobody knows is left out whole, however it is cut into reads. Total; keeps a few characters
 * and no more. Not thread safe.
 *
 * <p>Known beside the standard are two forms of keys (the Linux console's {@code ESC [ [ A}, rxvt's
 * {@code ESC [ 3 $}) and the mouse reports that are three characters behind {@code ESC [ M}.
 *
 * <p>A control cuts a sequence off and means what it always means, for no terminal puts one there:
 * who has pressed a key that begins a sequence (Alt and P) goes on by Enter, or by any other.
 */
public final class TerminalInput {
    private static final int BEL = 0x07;
    private static final int CAN = 0x18;
    private static final int SUB = 0x1a;
    private static final int ESC = 0x1b;
    private static final int DEL = 0x7f;

    /** Parameters that are kept; those of all that is known are shorter. */
    private static final int MAX_PARAMETERS = 32;

    /**
     * Characters of a control string after which it counts as over: room for a clipboard that a
     * terminal tells of (OSC 52), but nobody types into nothing for ever.
     */
    static final int MAX_STRING = 64 * 1024;

    /** Characters of a mouse report behind {@code ESC [ M}: button, column, row. */
    private static final int MOUSE_REPORT = 3;

    /** What a terminal sent. */
    public sealed interface Unit {
        /** A character by itself; it may be a control of C0, or DEL. */
        record Single(int codePoint) implements Unit {}

        /** A character behind ESC, as it is sent for Alt and a key. */
        record Escaped(int codePoint) implements Unit {}

        /**
         * What begins with {@code ESC [}.
         *
         * @param parameters all that stands before the last character
         */
        record Sequence(String parameters, char last) implements Unit {}

        /**
         * What begins with {@code ESC O}.
         *
         * @param parameters modifiers, as some terminals put them there
         */
        record Shifted(String parameters, char last) implements Unit {}
    }

    private enum State {
        GROUND,
        /** Behind ESC. */
        ESCAPE,
        /** Behind ESC and intermediates, as in {@code ESC ( B}. */
        DESIGNATION,
        /** Behind ESC [. */
        SEQUENCE,
        /** Behind ESC [ [. */
        LINUX_KEY,
        /** Behind ESC [ M. */
        MOUSE,
        /** Behind ESC O. */
        SHIFTED,
        /** In a control string: DCS, SOS, OSC, PM, APC. */
        STRING,
        /** Behind ESC in a control string. */
        STRING_ESCAPE
    }

    private final StringBuilder parameters = new StringBuilder();
    private State state = State.GROUND;
    private int seen;

    /** What a character brings to its end; null where it is part of something, or of nothing. */
    public @Nullable Unit next(int codePoint) {
        return switch (state) {
            case GROUND -> ground(codePoint);
            case ESCAPE -> escape(codePoint);
            case DESIGNATION ->
                    isIntermediate(codePoint) ? null : whole(codePoint, isFinal(codePoint));
            case SEQUENCE -> sequence(codePoint);
            case LINUX_KEY -> whole(codePoint, isPrintable(codePoint));
            case MOUSE -> mouse(codePoint);
            case SHIFTED -> shifted(codePoint);
            case STRING -> string(codePoint);
            case STRING_ESCAPE -> {
                state = State.GROUND;
                yield codePoint == '\\' ? null : escape(codePoint);
            }
        };
    }

    private @Nullable Unit ground(int codePoint) {
        state = State.GROUND;
        if (codePoint == ESC) {
            state = State.ESCAPE;
            return null;
        }
        if (codePoint >= 0x80 && codePoint < 0xa0) {
            introduce(codePoint - 0x40); // C1: as ESC and the letter
            return null;
        }
        return new Unit.Single(codePoint);
    }

    private @Nullable Unit escape(int codePoint) {
        if (codePoint == '\r' || codePoint == '\n' || (codePoint >= 0x80 && codePoint < 0xa0)) {
            return ground(codePoint);
        }
        if (codePoint == ESC) {
            return ground(codePoint); // Alt and a key that has a sequence of its own
        }
        if (isIntermediate(codePoint)) {
            state = State.DESIGNATION;
            return null;
        }
        state = State.GROUND;
        introduce(codePoint);
        return state == State.GROUND ? new Unit.Escaped(codePoint) : null;
    }

    /** Begins what an introducer begins, given by its letter behind ESC. */
    private void introduce(int letter) {
        switch (letter) {
            case '[' -> begin(State.SEQUENCE);
            case 'O' -> begin(State.SHIFTED);
            case 'P', 'X', ']', '^', '_' -> begin(State.STRING);
            default -> {}
        }
    }

    private void begin(State next) {
        state = next;
        parameters.setLength(0);
        seen = 0;
    }

    private @Nullable Unit sequence(int codePoint) {
        if (codePoint >= ' ' && codePoint < '@') {
            if (codePoint == '$' && isNumber()) { // rxvt: Shift and a key
                return ended(codePoint);
            }
            keep(codePoint);
            return null;
        }
        if (codePoint == '[' && seen == 0) {
            state = State.LINUX_KEY;
            return null;
        }
        if (codePoint == 'M' && seen == 0) {
            begin(State.MOUSE);
            return null;
        }
        return isFinal(codePoint) ? ended(codePoint) : cutOff(codePoint);
    }

    private @Nullable Unit ended(int last) {
        state = State.GROUND;
        return seen > MAX_PARAMETERS ? null : new Unit.Sequence(parameters.toString(), (char) last);
    }

    private @Nullable Unit shifted(int codePoint) {
        if (codePoint >= '0' && codePoint <= ';') {
            keep(codePoint);
            return null;
        }
        if (!isPrintable(codePoint)) {
            return cutOff(codePoint);
        }
        state = State.GROUND;
        return seen > MAX_PARAMETERS
                ? null
                : new Unit.Shifted(parameters.toString(), (char) codePoint);
    }

    private @Nullable Unit mouse(int codePoint) {
        if (codePoint < ' ') {
            return cutOff(codePoint);
        }
        seen++;
        if (seen == MOUSE_REPORT) {
            state = State.GROUND;
        }
        return null;
    }

    private @Nullable Unit string(int codePoint) {
        if (codePoint == ESC) {
            state = State.STRING_ESCAPE;
            return null;
        }
        if (codePoint == BEL) {
            state = State.GROUND;
            return null;
        }
        if (codePoint < ' ' || (codePoint >= DEL && codePoint < 0xa0)) {
            return cutOff(codePoint); // U+009C, its end in C1, means nothing else
        }
        seen++;
        if (seen == MAX_STRING) {
            state = State.GROUND;
        }
        return null;
    }

    /** Ends a sequence of which nothing is known but its length; else the character has cut it. */
    private @Nullable Unit whole(int codePoint, boolean itsLast) {
        state = State.GROUND;
        return itsLast ? null : cutOff(codePoint);
    }

    private @Nullable Unit cutOff(int codePoint) {
        state = State.GROUND;
        return codePoint == CAN || codePoint == SUB ? null : ground(codePoint);
    }

    private void keep(int codePoint) {
        if (seen < MAX_PARAMETERS) {
            parameters.append((char) codePoint);
        }
        seen = Math.min(seen + 1, MAX_PARAMETERS + 1);
    }

    private boolean isNumber() {
        return seen > 0 && parameters.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isIntermediate(int codePoint) {
        return codePoint >= ' ' && codePoint < '0';
    }

    private static boolean isFinal(int codePoint) {
        return codePoint >= '0' && codePoint < DEL;
    }

    private static boolean isPrintable(int codePoint) {
        return codePoint >= ' ' && codePoint < DEL;
    }
}
