package lychgate.characters;

import org.jspecify.annotations.Nullable;

/**
 * Separates what was typed from the control functions that a terminal sends: for keys, for the
 * mouse, and as answers to queries. The end of a control function is determined by ECMA-48, so an
 * unknown one is skipped completely, however it is split into reads. Total; buffers only a few
 * characters. Not thread safe.
 *
 * <p>Two forms of keys outside the standard are recognised (the Linux console's {@code ESC [ [ A},
 * rxvt's {@code ESC [ 3 $}), and mouse reports of three characters after {@code ESC [ M}.
 *
 * <p>A control character aborts a sequence and has its usual meaning, because terminals do not send
 * one there: somebody who has pressed a key that begins a sequence (Alt and P) can end it with
 * Enter or any other control.
 */
public final class TerminalInput {
    private static final int BEL = 0x07;
    private static final int CAN = 0x18;
    private static final int SUB = 0x1a;
    private static final int ESC = 0x1b;
    private static final int DEL = 0x7f;

    /** Parameters that are kept; all known functions have fewer. */
    private static final int MAX_PARAMETERS = 32;

    /**
     * Characters after which an unterminated control string is considered over: enough for a
     * terminal that reports its clipboard (OSC 52), but input must not disappear forever.
     */
    static final int MAX_STRING = 64 * 1024;

    /** Characters of a mouse report after {@code ESC [ M}: button, column, row. */
    private static final int MOUSE_REPORT = 3;

    /** What a terminal sent. */
    public sealed interface Unit {
        /** A single character; it may be a C0 control or DEL. */
        record Single(int codePoint) implements Unit {}

        /** A character after ESC, as sent for Alt and a key. */
        record Escaped(int codePoint) implements Unit {}

        /**
         * A control sequence, {@code ESC [} ….
         *
         * @param parameters everything before the final character
         */
        record Sequence(String parameters, char last) implements Unit {}

        /**
         * A key in application mode, {@code ESC O} ….
         *
         * @param parameters modifiers, which some terminals send there
         */
        record Shifted(String parameters, char last) implements Unit {}
    }

    private enum State {
        GROUND,
        /** After ESC. */
        ESCAPE,
        /** After ESC and intermediates, as in {@code ESC ( B}. */
        DESIGNATION,
        /** After ESC [. */
        SEQUENCE,
        /** After ESC [ [. */
        LINUX_KEY,
        /** After ESC [ M. */
        MOUSE,
        /** After ESC O. */
        SHIFTED,
        /** In a control string: DCS, SOS, OSC, PM, APC. */
        STRING,
        /** After ESC in a control string. */
        STRING_ESCAPE
    }

    private final StringBuilder parameters = new StringBuilder();
    private State state = State.GROUND;
    private int seen;

    /** What a character completes; null if it is part of a sequence, or ignored. */
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

    /** Begins the sequence of an introducer, given by its letter after ESC. */
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

    /** Ends a skipped sequence if this character is its final one; any other has aborted it. */
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
