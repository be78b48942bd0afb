package lychgate.terminal;

import lychgate.terminal.Key.Command;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * Makes keys of the characters that terminals send for them: ASCII controls, the escape sequences
 * of VT100, xterm, rxvt, Linux and PuTTY, and bracketed paste. Total: what it does not know is
 * dropped. Not thread safe.
 *
 * <p>What is pasted is text: a line's end enters the line, a TAB is a space, and no other control
 * means anything.
 */
final class KeyDecoder {
    private static final char ESC = '\u001b';
    private static final char DEL = '\u007f';
    private static final int FIRST_PRINTABLE = ' ';

    /** Characters of an escape sequence that are kept; all that is known is shorter. */
    private static final int MAX_SEQUENCE = 16;

    private static final String PASTE_BEGINS = "200~";
    private static final String PASTE_ENDS = "201~";

    private enum State {
        GROUND,
        /** Behind ESC. */
        ESCAPE,
        /** Behind ESC [. */
        CSI,
        /** Behind ESC O. */
        SS3
    }

    private final Consumer<Key> keys;
    private final StringBuilder sequence = new StringBuilder();
    private State state = State.GROUND;
    private boolean pasting;
    private boolean afterReturn;

    KeyDecoder(Consumer<Key> keys) {
        this.keys = keys;
    }

    /** Takes a character. */
    void next(int codePoint) {
        switch (state) {
            case GROUND -> ground(codePoint);
            case ESCAPE -> escape(codePoint);
            case CSI -> csi(codePoint);
            case SS3 -> {
                state = State.GROUND;
                command(cursorKey(codePoint));
            }
        }
    }

    private void ground(int codePoint) {
        boolean secondHalf = afterReturn && codePoint == '\n';
        afterReturn = codePoint == '\r';
        if (codePoint == ESC) {
            state = State.ESCAPE;
        } else if (pasting && codePoint == '\t') {
            keys.accept(new Key.Typed(' '));
        } else if (codePoint == '\r' || (codePoint == '\n' && !secondHalf)) {
            keys.accept(Command.ENTER);
        } else if (codePoint < FIRST_PRINTABLE || codePoint == DEL) {
            command(pasting ? null : control(codePoint));
        } else if (!Character.isISOControl(codePoint)) {
            keys.accept(new Key.Typed(codePoint));
        }
    }

    private void escape(int codePoint) {
        state = State.GROUND;
        switch (codePoint) {
            case '[' -> {
                state = State.CSI;
                sequence.setLength(0);
            }
            case 'O' -> state = State.SS3;
            case ESC -> state = State.ESCAPE; // Alt and a key that has a sequence of its own
            case '\r', '\n' -> ground(codePoint);
            default -> command(pasting ? null : alt(codePoint));
        }
    }

    private void csi(int codePoint) {
        boolean last = codePoint >= '@' && codePoint <= '~' && !(codePoint == '[' && isEmpty());
        if (sequence.length() < MAX_SEQUENCE) {
            sequence.appendCodePoint(codePoint);
        }
        if (codePoint < FIRST_PRINTABLE) { // it was cut off
            state = State.GROUND;
            ground(codePoint);
        } else if (last) {
            state = State.GROUND;
            finished(sequence.toString(), (char) codePoint);
        }
    }

    private boolean isEmpty() {
        return sequence.isEmpty();
    }

    private void finished(String whole, char last) {
        if (whole.equals(PASTE_BEGINS) || whole.equals(PASTE_ENDS)) {
            pasting = whole.equals(PASTE_BEGINS);
        } else if (!pasting) {
            String parameters = whole.substring(0, whole.length() - 1);
            boolean modified = parameters.contains(";") && !parameters.endsWith(";1");
            command(last == '~' ? editingKey(parameters, modified) : letterKey(last, modified));
        }
    }

    private void command(@Nullable Command command) {
        if (command != null) {
            keys.accept(command);
        }
    }

    private static @Nullable Command control(int codePoint) {
        return switch (codePoint) {
            case 0x01 -> Command.START; // Ctrl-A, and so on
            case 0x02 -> Command.LEFT;
            case 0x03 -> Command.INTERRUPT;
            case 0x04 -> Command.END_OF_INPUT;
            case 0x05 -> Command.END;
            case 0x06 -> Command.RIGHT;
            case 0x07 -> Command.CANCEL;
            case 0x08, DEL -> Command.DELETE_LEFT;
            case 0x09 -> Command.COMPLETE;
            case 0x0b -> Command.KILL_TO_END;
            case 0x0c -> Command.REDRAW;
            case 0x0e -> Command.NEWER;
            case 0x10 -> Command.OLDER;
            case 0x12 -> Command.SEARCH_OLDER;
            case 0x13 -> Command.SEARCH_NEWER;
            case 0x14 -> Command.SWAP;
            case 0x15 -> Command.KILL_TO_START;
            case 0x17 -> Command.KILL_WORD_LEFT;
            case 0x19 -> Command.YANK;
            default -> null;
        };
    }

    private static @Nullable Command alt(int codePoint) {
        return switch (codePoint) {
            case 'b', 'B' -> Command.WORD_LEFT;
            case 'f', 'F' -> Command.WORD_RIGHT;
            case 'd', 'D' -> Command.KILL_WORD_RIGHT;
            case 0x08, DEL -> Command.KILL_WORD_LEFT;
            default -> null;
        };
    }

    /** {@code ESC [ A}; with Ctrl or Alt: {@code ESC [ 1 ; 5 A}. */
    private static @Nullable Command letterKey(char letter, boolean modified) {
        return switch (letter) {
            case 'C' -> modified ? Command.WORD_RIGHT : Command.RIGHT;
            case 'D' -> modified ? Command.WORD_LEFT : Command.LEFT;
            case 'c' -> Command.WORD_RIGHT; // rxvt, with Shift
            case 'd' -> Command.WORD_LEFT;
            default -> cursorKey(letter);
        };
    }

    /** {@code ESC O A}; what is the same behind {@code ESC [}. */
    private static @Nullable Command cursorKey(int letter) {
        return switch (letter) {
            case 'A' -> Command.OLDER;
            case 'B' -> Command.NEWER;
            case 'C' -> Command.RIGHT;
            case 'D' -> Command.LEFT;
            case 'H' -> Command.START;
            case 'F' -> Command.END;
            case 'M' -> Command.ENTER; // the keypad's
            case 'c' -> Command.WORD_RIGHT; // rxvt, with Ctrl
            case 'd' -> Command.WORD_LEFT;
            default -> null;
        };
    }

    /** {@code ESC [ 3 ~}. */
    private static @Nullable Command editingKey(String parameters, boolean modified) {
        int semicolon = parameters.indexOf(';');
        return switch (semicolon < 0 ? parameters : parameters.substring(0, semicolon)) {
            case "1", "7" -> Command.START;
            case "4", "8" -> Command.END;
            case "3" -> modified ? Command.KILL_WORD_RIGHT : Command.DELETE_RIGHT;
            default -> null;
        };
    }
}
