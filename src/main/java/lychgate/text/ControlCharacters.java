package lychgate.text;

/**
 * The characters that may act on a terminal instead of being read: none of them passes from one
 * player to another.
 */
public final class ControlCharacters {
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
     * The text without C0 (but TAB), DEL, C1, and the characters that reorder what stands around
     * them.
     *
     * @param keepLineEnds whether line ends stay, as {@code \n}: they are part of a value that is
     *     sent out-of-band, and end what is sent in-band
     */
    public static String removed(String text, boolean keepLineEnds) {
        for (int i = 0; i < text.length(); i++) {
            if (acts(text.charAt(i), keepLineEnds)) {
                return removedFrom(text, i, keepLineEnds);
            }
        }
        return text;
    }

    private static String removedFrom(String text, int first, boolean keepLineEnds) {
        StringBuilder kept = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!acts(c, keepLineEnds)) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    private static boolean acts(char c, boolean keepLineEnds) {
        return (Character.isISOControl(c) && c != '\t' && !(keepLineEnds && c == '\n'))
                || reorders(c);
    }

    /** Bidirectional embeddings, overrides and isolates (UAX #9); marks are harmless and stay. */
    private static boolean reorders(char c) {
        return (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
    }
}
