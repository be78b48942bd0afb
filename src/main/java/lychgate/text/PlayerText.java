package lychgate.text;

import java.util.Locale;

/**
 * What a player typed. It is not markup: put into a {@link Markup} it is shown as it was typed.
 *
 * @param typed the characters; control characters were removed where they came in
 */
public record PlayerText(String typed) {

    /** The first word, in lower case; empty where there is none. */
    public String verb() {
        return firstWord().toLowerCase(Locale.ROOT);
    }

    /** The first word; empty where there is none. */
    public String firstWord() {
        String line = typed.stripLeading();
        int end = endOfWord(line);
        return line.substring(0, end);
    }

    /** What stands behind the first word and one space, as it was typed. */
    public PlayerText rest() {
        String line = typed.stripLeading();
        int end = endOfWord(line);
        return new PlayerText(end < line.length() ? line.substring(end + 1) : "");
    }

    /** The text without white space around it. */
    public PlayerText strip() {
        return new PlayerText(typed.strip());
    }

    /** Whether there is nothing but white space. */
    public boolean isBlank() {
        return typed.isBlank();
    }

    /**
     * The text as markup that shows it: what happens where a string is built from it by mistake.
     */
    @Override
    public String toString() {
        return Spans.escape(typed);
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
