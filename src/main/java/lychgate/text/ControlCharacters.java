package lychgate.text;

/**
 * The characters that may act on a terminal instead of being read: none of them passes from one
 * player to another.
 */
public final class ControlCharacters {
    /**
     * Marks on one letter: as many as a language puts there (Hebrew with its accents has five). A
     * heap of them covers the lines around it.
     */
    public static final int MAX_MARKS = 6;

    /** The first mark of Unicode: below it stand letters that are seen, and nothing else. */
    private static final char FIRST_MARK = '\u0300';

    private static final char REPLACEMENT = '\ufffd';

    private ControlCharacters() {}

    /**
     * Whether a control character of the game's own does not go to a terminal as it is: all but
     * TAB, BEL and FF, which a printer of telnet knows too (RFC 854), and which leave a terminal as
     * it was.
     */
    static boolean isHeldBack(char c) {
        return Character.isISOControl(c) && c != '\t' && c != '\u0007' && c != '\f';
    }

    /**
     * The text without C0 (but TAB), DEL, C1, the characters that reorder what stands around them
     * (UAX #9; marks are harmless and stay), and those of which nothing is seen ({@link Unseen}),
     * but where they are needed; with no more marks on a letter than a language has. Halves of
     * characters become U+FFFD.
     *
     * @param keepLineEnds whether line ends stay, as {@code \n}: they are part of a value that is
     *     sent out-of-band, and end what is sent in-band
     */
    public static String removed(String text, boolean keepLineEnds) {
        for (int i = 0; i < text.length(); i++) {
            if (isDoubtful(text.charAt(i), keepLineEnds)) {
                return removedFrom(text, i, keepLineEnds);
            }
        }
        return text;
    }

    /** Whether the character has to be looked at more closely; few lines have one. */
    private static boolean isDoubtful(char c, boolean keepLineEnds) {
        return c < 0xa0
                ? Character.isISOControl(c) && !isWhiteSpace(c, keepLineEnds)
                : c == 0xad || c >= FIRST_MARK;
    }

    private static boolean isWhiteSpace(int c, boolean keepLineEnds) {
        return c == '\t' || (keepLineEnds && c == '\n');
    }

    private static String removedFrom(String text, int first, boolean keepLineEnds) {
        StringBuilder kept = new StringBuilder(text.length()).append(text, 0, first);
        int marks = 0;
        for (int at = first; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            int next = at + Character.charCount(codePoint);
            int flag = Unseen.endOfFlag(text, at);
            if (flag > at) {
                kept.append(text, at, flag);
                marks = 0;
                at = flag;
                continue;
            }
            at = next;
            boolean mark = Unseen.isMark(codePoint);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                kept.append(REPLACEMENT);
                marks = 0;
            } else if (passes(codePoint, kept, next < text.length() ? text.codePointAt(next) : 0)
                    && (!mark || marks < MAX_MARKS)) {
                kept.appendCodePoint(codePoint);
                marks = mark ? marks + 1 : 0;
            } else if (isWhiteSpace(codePoint, keepLineEnds)) {
                kept.append((char) codePoint);
                marks = 0;
            }
        }
        return kept.toString();
    }

    private static boolean passes(int codePoint, CharSequence before, int after) {
        return !Character.isISOControl(codePoint)
                && !Unseen.isNoCharacter(codePoint)
                && (!Unseen.is(codePoint) || Unseen.isNeeded(codePoint, before, after));
    }
}
