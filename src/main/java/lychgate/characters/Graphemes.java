package lychgate.characters;

/**
 * Finds where each user-perceived character begins and ends in a text, and how many columns it
 * takes up.
 *
 * <p>A simplified UAX #29: marks, joiners and modifiers belong to the character before them, and
 * two regional indicators make a flag. Never looks further than {@link #LONGEST}, so that no text
 * makes it slow.
 */
public final class Graphemes {
    /** Maximum chars of one user-perceived character; the rest counts as the next character. */
    public static final int LONGEST = 32;

    private static final int JOINER = 0x200d;
    private static final int EMOJI_STYLE = 0xfe0f;
    private static final int FIRST_INDICATOR = 0x1f1e6;
    private static final int LAST_INDICATOR = 0x1f1ff;
    private static final int FIRST_SKIN_TONE = 0x1f3fb;
    private static final int LAST_SKIN_TONE = 0x1f3ff;

    /** First and last of the ranges that take two columns: East Asian Width W and F, UAX #11. */
    private static final int[] WIDE = {
        0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23ec, 0x23f0, 0x23f0, 0x23f3,
        0x23f3, 0x25fd, 0x25fe, 0x2614, 0x2615, 0x2648, 0x2653, 0x267f, 0x267f, 0x2693, 0x2693,
        0x26a1, 0x26a1, 0x26aa, 0x26ab, 0x26bd, 0x26be, 0x26c4, 0x26c5, 0x26ce, 0x26ce, 0x26d4,
        0x26d4, 0x26ea, 0x26ea, 0x26f2, 0x26f3, 0x26f5, 0x26f5, 0x26fa, 0x26fa, 0x26fd, 0x26fd,
        0x2705, 0x2705, 0x270a, 0x270b, 0x2728, 0x2728, 0x274c, 0x274c, 0x274e, 0x274e, 0x2753,
        0x2755, 0x2757, 0x2757, 0x2795, 0x2797, 0x27b0, 0x27b0, 0x27bf, 0x27bf, 0x2b1b, 0x2b1c,
        0x2b50, 0x2b50, 0x2b55, 0x2b55, 0x2e80, 0x303e, 0x3041, 0x33ff, 0x3400, 0x4dbf, 0x4e00,
        0x9fff, 0xa000, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe10, 0xfe19,
        0xfe30, 0xfe6f, 0xff00, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x18aff, 0x1aff0, 0x1b2ff, 0x1f004,
        0x1f004, 0x1f0cf, 0x1f0cf, 0x1f18e, 0x1f18e, 0x1f191, 0x1f19a, 0x1f1e6, 0x1f1ff, 0x1f200,
        0x1f265, 0x1f300, 0x1f320, 0x1f32d, 0x1f335, 0x1f337, 0x1f37c, 0x1f37e, 0x1f393, 0x1f3a0,
        0x1f3ca, 0x1f3cf, 0x1f3d3, 0x1f3e0, 0x1f3f0, 0x1f3f4, 0x1f3f4, 0x1f3f8, 0x1f43e, 0x1f440,
        0x1f440, 0x1f442, 0x1f4fc, 0x1f4ff, 0x1f53d, 0x1f54b, 0x1f54e, 0x1f550, 0x1f567, 0x1f57a,
        0x1f57a, 0x1f595, 0x1f596, 0x1f5a4, 0x1f5a4, 0x1f5fb, 0x1f64f, 0x1f680, 0x1f6c5, 0x1f6cc,
        0x1f6cc, 0x1f6d0, 0x1f6d2, 0x1f6d5, 0x1f6d7, 0x1f6dc, 0x1f6df, 0x1f6eb, 0x1f6ec, 0x1f6f4,
        0x1f6fc, 0x1f7e0, 0x1f7f0, 0x1f90c, 0x1f93a, 0x1f93c, 0x1f945, 0x1f947, 0x1f9ff, 0x1fa70,
        0x1faff, 0x20000, 0x3fffd
    };

    private Graphemes() {}

    /** The end of the character that begins there. */
    public static int end(CharSequence text, int start) {
        int first = Character.codePointAt(text, start);
        int at = start + Character.charCount(first);
        boolean joined = false;
        boolean flag = isIndicator(first);
        while (at < text.length() && at - start < LONGEST) {
            int next = Character.codePointAt(text, at);
            if (!joined && !extendsCharacter(next) && !(flag && isIndicator(next))) {
                break;
            }
            flag = flag && !isIndicator(next) && extendsCharacter(next);
            joined = next == JOINER;
            at += Character.charCount(next);
        }
        return at;
    }

    /** The beginning of the character that ends there. */
    public static int start(CharSequence text, int end) {
        int at = Math.max(0, end - LONGEST);
        if (at > 0 && Character.isLowSurrogate(text.charAt(at))) {
            at++;
        }
        while (true) {
            int next = end(text, at);
            if (next >= end) {
                return at;
            }
            at = next;
        }
    }

    /** Columns taken up by the character between these places: 0, 1 or 2. */
    public static int width(CharSequence text, int start, int end) {
        int first = Character.codePointAt(text, start);
        if (extendsCharacter(first) || Character.getType(first) == Character.FORMAT) {
            return 0;
        }
        return isWide(first) || text.charAt(end - 1) == EMOJI_STYLE ? 2 : 1;
    }

    private static boolean extendsCharacter(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default ->
                    codePoint == JOINER
                            || codePoint == 0x200c
                            || (codePoint >= FIRST_SKIN_TONE && codePoint <= LAST_SKIN_TONE)
                            || (codePoint >= 0xe0020 && codePoint <= 0xe007f)
                            || (codePoint >= 0x1160 && codePoint <= 0x11ff); // jamo vowels, finals
        };
    }

    private static boolean isIndicator(int codePoint) {
        return codePoint >= FIRST_INDICATOR && codePoint <= LAST_INDICATOR;
    }

    private static boolean isWide(int codePoint) {
        int low = 0;
        int high = WIDE.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (codePoint < WIDE[2 * middle]) {
                high = middle - 1;
            } else if (codePoint > WIDE[2 * middle + 1]) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }
}
