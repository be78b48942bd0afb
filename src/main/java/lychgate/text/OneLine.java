package lychgate.text;

/** Makes external text safe to log: one line, no control characters, bounded length. */
public final class OneLine {
    private static final int MAX = 512;

    private OneLine() {}

    /** The text as one line. */
    public static String of(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), MAX));
        int marks = 0;
        for (int at = 0; at < text.length() && line.length() < MAX; ) {
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            marks = Unseen.isMark(codePoint) ? marks + 1 : 0;
            if (isRead(codePoint) && marks <= ControlCharacters.MAX_MARKS) {
                line.appendCodePoint(codePoint);
            } else {
                line.append(String.format("\\x%02x", codePoint));
            }
        }
        return line.toString();
    }

    /** Whether a character is seen, and does nothing else. */
    public static boolean isRead(int codePoint) {
        return !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.FORMAT
                && !Unseen.is(codePoint)
                && !Unseen.isNoCharacter(codePoint);
    }
}
