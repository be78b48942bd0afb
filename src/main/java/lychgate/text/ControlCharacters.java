package lychgate.text;

/** Characters that could act on a terminal: none of them passes from one player to another. */
public final class ControlCharacters {
    /**
     * Maximum combining marks on one letter: as many as a language uses (Hebrew with its accents
     * has five). More of them would cover the lines around it.
     */
    public static final int MAX_MARKS = 6;

    /** The first combining mark in Unicode: below it are only visible letters. */
    private static final char FIRST_MARK = '\u0300';

    private static final char REPLACEMENT = '\ufffd';

    private ControlCharacters() {}

    /**
     * Whether a control character in the game's own text is withheld from terminals: all except
     * TAB, BEL and FF, which RFC 854's printer also knows and which do not change a terminal's
     * state.
     */
    static boolean isHeldBack(char c) {
        return Character.isISOControl(c) && c != '\t' && c != '\u0007' && c != '\f';
    }

    /**
     * The text without C0 (except TAB), DEL, C1, characters that reorder the text around them (UAX
     * #9; marks are harmless and stay), and invisible characters ({@link Unseen}) except where they
     * are needed; with at most {@link #MAX_MARKS} marks on a letter. Unpaired surrogates become
     * U+FFFD.
     *
     * @param keepLineEnds whether line ends are kept, as {@code \n}: they are part of an
     *     out-of-band value, but end an in-band line
     */
    public static String removed(String text, boolean keepLineEnds) {
        for (int i = 0; i < text.length(); i++) {
            if (isDoubtful(text.charAt(i), keepLineEnds)) {
                return removedFrom(text, i, keepLineEnds);
            }
        }
        return text;
    }

    /** Whether the character needs a closer look; few lines have one. */
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
