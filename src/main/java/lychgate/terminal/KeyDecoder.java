package lychgate.terminal;

import lychgate.characters.TerminalInput;
import lychgate.characters.TerminalInput.Unit;
import lychgate.terminal.Key.Command;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes the input of a terminal into keys: ASCII control characters, the escape sequences of
 * VT100, xterm, rxvt, Linux and PuTTY, and bracketed paste. Total: unknown sequences are dropped.
 * Not thread safe.
 *
 * <p>Pasted input is text: line ends enter the line, tabs become spaces, and all other control
 * characters and sequences are ignored, except for the end of the paste.
 */
final class KeyDecoder {
    private static final char DEL = '\u007f';
    private static final int FIRST_PRINTABLE = ' ';
    private static final String PASTE_START = "200";
    private static final String PASTE_END = "201";

    /**
     * A key release, in kitty's keyboard protocol; ignored, since the key was handled when pressed.
     */
    private static final String RELEASED = "3";

    /**
     * Shift, Alt, Control and others; the higher bits are Caps Lock and Num Lock, which are
     * ignored.
     */
    private static final int MODIFIERS = 0x3f;

    /** A key's parameters: number, modifiers, event type. */
    private static final Pattern PARAMETERS =
            Pattern.compile("(\\d{0,4})(?:;(\\d{0,4})(?::(\\d))?)?");

    private final Consumer<Key> keys;
    private final TerminalInput input = new TerminalInput();
    private boolean pasting;
    private boolean afterReturn;

    KeyDecoder(Consumer<Key> keys) {
        this.keys = keys;
    }

    /** Processes a character. */
    void next(int codePoint) {
        switch (input.next(codePoint)) {
            case null -> afterReturn = false;
            case Unit.Single(int single) -> single(single);
            case Unit.Sequence(String mark, char last)
                    when mark.equals(PASTE_START) && last == '~' ->
                    pasting = true;
            case Unit.Sequence(String mark, char last) when mark.equals(PASTE_END) && last == '~' ->
                    pasting = false;
            case Unit.Sequence(String parameters, char last) -> command(key(parameters, last));
            case Unit.Shifted(String _, char last) when last == 'M' ->
                    command(Command.ENTER); // the keypad's
            case Unit.Shifted(String parameters, char last) -> command(key(parameters, last));
            case Unit.Escaped(int escaped) -> command(alt(escaped));
        }
    }

    private void single(int codePoint) {
        boolean secondHalf = afterReturn && codePoint == '\n';
        afterReturn = codePoint == '\r';
        if (pasting && codePoint == '\t') {
            keys.accept(new Key.Typed(' '));
        } else if (codePoint == '\r' || (codePoint == '\n' && !secondHalf)) {
            keys.accept(Command.ENTER);
        } else if (codePoint < FIRST_PRINTABLE || codePoint == DEL) {
            command(control(codePoint));
        } else {
            keys.accept(new Key.Typed(codePoint));
        }
    }

    private void command(@Nullable Command command) {
        if (command != null && !pasting) {
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

    /** {@code ESC [ A} or {@code ESC O A}; {@code ESC [ 3 ~}; with Ctrl {@code ESC [ 1 ; 5 A}. */
    private static @Nullable Command key(String parameters, char last) {
        Matcher parts = PARAMETERS.matcher(parameters);
        if (!parts.matches() || RELEASED.equals(parts.group(3))) {
            return null;
        }
        String number = parts.group(1);
        boolean modified = isModified(parts.group(2));
        return switch (last) {
            case '~' -> editingKey(number, modified);
            case '$', '^', '@' -> editingKey(number, true); // rxvt, with Shift, Ctrl, both
            case 'c' ->
                    parameters.isEmpty() ? Command.WORD_RIGHT : null; // rxvt, with Shift or Ctrl
            case 'd' -> parameters.isEmpty() ? Command.WORD_LEFT : null;
            default ->
                    parts.group(2) == null
                            ? cursorKey(last, isModified(number)) // old xterms: ESC [ 5 C
                            : number.isEmpty() || number.equals("1")
                                    ? cursorKey(last, modified)
                                    : null;
        };
    }

    private static boolean isModified(@Nullable String modifiers) {
        return modifiers != null
                && !modifiers.isEmpty()
                && (Integer.parseInt(modifiers) - 1 & MODIFIERS) != 0;
    }

    private static @Nullable Command cursorKey(char letter, boolean modified) {
        return switch (letter) {
            case 'A' -> Command.OLDER;
            case 'B' -> Command.NEWER;
            case 'C' -> modified ? Command.WORD_RIGHT : Command.RIGHT;
            case 'D' -> modified ? Command.WORD_LEFT : Command.LEFT;
            case 'H' -> Command.START;
            case 'F' -> Command.END;
            default -> null;
        };
    }

    private static @Nullable Command editingKey(String number, boolean modified) {
        return switch (number) {
            case "1", "7" -> Command.START;
            case "4", "8" -> Command.END;
            case "3" -> modified ? Command.KILL_WORD_RIGHT : Command.DELETE_RIGHT;
            default -> null;
        };
    }
}
