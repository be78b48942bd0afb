package lychgate.text;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * What a player typed. It is not markup: inserted into a {@link Markup} it is displayed as typed.
 */
public final class PlayerText { // no record: those are messages of their own
    private final String typed;

    /**
     * Text that has no control characters any more.
     *
     * @param typed the characters
     */
    public PlayerText(String typed) {
        this.typed = typed;
    }

    /** The characters. */
    public String typed() {
        return typed;
    }

    /** The first word, in lower case; empty if there is none. */
    public String verb() {
        return firstWord().toLowerCase(Locale.ROOT);
    }

    /** The first word; empty if there is none. */
    public String firstWord() {
        String line = typed.stripLeading();
        int end = endOfWord(line);
        return line.substring(0, end);
    }

    /** What follows the first word and one space, as typed. */
    public PlayerText rest() {
        String line = typed.stripLeading();
        int end = endOfWord(line);
        return new PlayerText(end < line.length() ? line.substring(end + 1) : "");
    }

    /** The text without leading and trailing white space. */
    public PlayerText strip() {
        return new PlayerText(typed.strip());
    }

    /** Whether it contains nothing but white space. */
    public boolean isBlank() {
        return typed.isBlank();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PlayerText text && text.typed.equals(typed);
    }

    @Override
    public int hashCode() {
        return typed.hashCode();
    }

    /** The text as typed: {@link Markup#of} escapes every string, so none is escaped twice. */
    @Override
    public String toString() {
        return typed;
    }

    private static int endOfWord(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (Character.isWhitespace(line.charAt(i))) {
                return i;
            }
        }
        return line.length();
    }
}
