package lychgate.text;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Set;

/**
 * Invisible characters: Unicode's default-ignorable ones, line and annotation separators, and
 * noncharacters. They carry hidden text, make different lines look alike, and break table rows, so
 * they are accepted from a client only where their neighbours need them: in an emoji, and in
 * scripts that cannot be written without them.
 *
 * <p>One table, for input from clients and for what operators are shown.
 */
public final class Unseen {
    private static final int NON_JOINER = 0x200c;
    private static final int JOINER = 0x200d;
    private static final int KEYCAP = 0x20e3;
    private static final int BLACK_FLAG = 0x1f3f4;
    private static final int TEXT_STYLE = 0xfe0e;
    private static final int EMOJI_STYLE = 0xfe0f;
    private static final int FIRST_SKIN_TONE = 0x1f3fb;
    private static final int LAST_SKIN_TONE = 0x1f3ff;

    /** First and last of each range, in order. */
    private static final int[] RANGES = {
        0xad, 0xad, // soft hyphen
        0x34f, 0x34f, // grapheme joiner
        0x61c, 0x61c, // Arabic letter mark
        0x115f, 0x1160, // Hangul fillers
        0x17b4, 0x17b5, // Khmer inherent vowels
        0x180b, 0x180f, // Mongolian selectors and separator
        0x200b, 0x200f, // zero-width space, joiners, direction marks
        0x2028, 0x202e, // line and paragraph separators, embeddings, overrides
        0x2060, 0x206f, // word joiner, unseen operators, isolates
        0x3164, 0x3164, // Hangul filler
        0xfdd0, 0xfdef, // no characters
        0xfe00, 0xfe0f, // variation selectors
        0xfeff, 0xfeff, // byte order mark
        0xffa0, 0xffa0, // Hangul filler
        0xfff0, 0xfffb, // annotation
        0x1bca0, 0x1bca3, // shorthand
        0x1d173, 0x1d17a, // musical beams and slurs
        0xe0000, 0xe0fff, // tags, variation selectors
    };

    /** Scripts in which joiners change letters' shapes or distinguish words. */
    private static final Set<UnicodeScript> JOINING =
            Set.of(
                    UnicodeScript.ARABIC,
                    UnicodeScript.BENGALI,
                    UnicodeScript.DEVANAGARI,
                    UnicodeScript.GUJARATI,
                    UnicodeScript.GURMUKHI,
                    UnicodeScript.KANNADA,
                    UnicodeScript.KHMER,
                    UnicodeScript.MALAYALAM,
                    UnicodeScript.MANDAIC,
                    UnicodeScript.MONGOLIAN,
                    UnicodeScript.MYANMAR,
                    UnicodeScript.NKO,
                    UnicodeScript.ORIYA,
                    UnicodeScript.SINHALA,
                    UnicodeScript.SYRIAC,
                    UnicodeScript.TAMIL,
                    UnicodeScript.TELUGU,
                    UnicodeScript.TIBETAN);

    /** Virama signs: a joiner after one needs nothing after itself (RFC 5892). */
    private static final Set<Integer> VIRAMAS =
            Set.of(
                    0x94d, 0x9cd, 0xa4d, 0xacd, 0xb4d, 0xbcd, 0xc4d, 0xccd, 0xd4d, 0xdca, 0x1039,
                    0x17d2);

    /** The flags that are encoded with tag characters: England, Scotland and Wales. */
    private static final List<String> FLAGS = List.of(flag("gbeng"), flag("gbsct"), flag("gbwls"));

    private Unseen() {}

    /** Whether it is invisible. */
    public static boolean is(int codePoint) {
        if (codePoint < RANGES[0]) {
            return false;
        }
        for (int i = 0; i < RANGES.length; i += 2) {
            if (codePoint <= RANGES[i + 1]) {
                return codePoint >= RANGES[i];
            }
        }
        return false;
    }

    /** Whether it is not a character: an unpaired surrogate, or a code that will never be one. */
    public static boolean isNoCharacter(int codePoint) {
        return (codePoint & 0xfffe) == 0xfffe
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    /** The end of the tag-encoded flag that begins there; the same place if there is none. */
    static int endOfFlag(String text, int at) {
        if (text.codePointAt(at) == BLACK_FLAG) {
            for (String flag : FLAGS) {
                if (text.startsWith(flag, at)) {
                    return at + flag.length();
                }
            }
        }
        return at;
    }

    /**
     * Whether an invisible character is needed where it is.
     *
     * @param before what has been kept of the text before it
     * @param after the character after it, or 0
     */
    static boolean isNeeded(int codePoint, CharSequence before, int after) {
        if (before.isEmpty()) {
            return isDirection(codePoint);
        }
        int last = Character.codePointBefore(before, before.length());
        return switch (codePoint) {
            case 0x61c, 0x200e, 0x200f -> !isDirection(last);
            case NON_JOINER -> joins(before, last, after);
            case JOINER -> joins(before, last, after) || joinsEmoji(before, last, after);
            case TEXT_STYLE, EMOJI_STYLE ->
                    last < 0x80 ? after == KEYCAP && isKey(last) : Character.isEmoji(last);
            case 0x180b, 0x180c, 0x180d, 0x180e, 0x180f ->
                    Character.isLetter(last) && UnicodeScript.of(last) == UnicodeScript.MONGOLIAN;
            default ->
                    (codePoint >= 0xfe00 && codePoint < TEXT_STYLE)
                            ? hasVariants(last)
                            : codePoint >= 0xe0100
                                    && codePoint <= 0xe01ef
                                    && Character.isIdeographic(last);
        };
    }

    private static boolean isDirection(int codePoint) {
        return codePoint == 0x61c || codePoint == 0x200e || codePoint == 0x200f;
    }

    private static boolean isKey(int codePoint) {
        return (codePoint >= '0' && codePoint <= '9') || codePoint == '#' || codePoint == '*';
    }

    private static boolean joins(CharSequence before, int last, int after) {
        return VIRAMAS.contains(last)
                || (isJoining(base(before)) && after != 0 && isJoining(after));
    }

    private static boolean isJoining(int codePoint) {
        return (Character.isLetter(codePoint) || isMark(codePoint))
                && JOINING.contains(UnicodeScript.of(codePoint));
    }

    /**
     * The last character that is not a mark common to all scripts, such as the vowels of Arabic.
     */
    private static int base(CharSequence text) {
        int at = text.length();
        while (at > 0) {
            int codePoint = Character.codePointBefore(text, at);
            if (!isMark(codePoint) || UnicodeScript.of(codePoint) != UnicodeScript.INHERITED) {
                return codePoint;
            }
            at -= Character.charCount(codePoint);
        }
        return 0;
    }

    private static boolean joinsEmoji(CharSequence before, int last, int after) {
        int picture = last;
        if (last == EMOJI_STYLE || (last >= FIRST_SKIN_TONE && last <= LAST_SKIN_TONE)) {
            int at = before.length() - Character.charCount(last);
            picture = at == 0 ? 0 : Character.codePointBefore(before, at);
        }
        return Character.isExtendedPictographic(picture) && Character.isExtendedPictographic(after);
    }

    private static boolean hasVariants(int codePoint) {
        return Character.isIdeographic(codePoint)
                || Character.getType(codePoint) == Character.MATH_SYMBOL
                || (codePoint >= 0x3000 && codePoint <= 0x303f)
                || (codePoint >= 0xff00 && codePoint <= 0xffef)
                || UnicodeScript.of(codePoint) == UnicodeScript.MYANMAR
                || UnicodeScript.of(codePoint) == UnicodeScript.PHAGS_PA;
    }

    /** Whether it is written on the preceding character. */
    public static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK ->
                    true;
            default -> false;
        };
    }

    private static String flag(String region) {
        StringBuilder flag = new StringBuilder().appendCodePoint(BLACK_FLAG);
        region.chars().forEach(letter -> flag.appendCodePoint(0xe0000 + letter));
        return flag.appendCodePoint(0xe007f).toString();
    }
}
