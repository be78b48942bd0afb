package lychgate.characters;

import java.util.regex.Pattern;

/**
 * What terminals send for cursor and function keys, in lines that a terminal edited by itself: it
 * takes them for characters, and sends them with the line.
 */
public final class KeySequences {
    /**
     * {@code ESC [ A}, {@code ESC [ 1;5 C}, {@code ESC [ 3 ~}, {@code ESC O P}, {@code ESC [ [ A}.
     */
    private static final Pattern KEY =
            Pattern.compile("\u001b(?:\\[[0-9;]*[A-HP-SZ~]|O[0-9;]*[A-Sj-y]|\\[\\[[A-E])");

    private KeySequences() {}

    /** The line without the sequences of keys. */
    public static String removed(String line) {
        return line.indexOf('\u001b') < 0 ? line : KEY.matcher(line).replaceAll("");
    }
}
