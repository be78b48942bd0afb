package lychgate.amp;

import java.nio.charset.StandardCharsets;

/** The two ways in which protocol 0 writes text on a line. */
final class PickleText {
    private static final int HEX = 16;

    private PickleText() {}

    /** Python's {@code repr} of a byte string: in quotes, with escapes. */
    static String quoted(String line) throws MalformedException {
        int last = line.length() - 1;
        if (last < 1 || line.charAt(0) != line.charAt(last)) {
            throw new MalformedException("a pickle with a string without quotes");
        }
        StringBuilder text = new StringBuilder(line.length());
        for (int i = 1; i < last; i++) {
            char c = line.charAt(i);
            if (c != '\\' || i + 1 >= last) {
                text.append(c);
                continue;
            }
            char escaped = line.charAt(++i);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'x' -> {
                    text.append((char) number(line, i + 1, 2));
                    i += 2;
                }
                default -> text.append(escaped);
            }
        }
        return text.toString();
    }

    /** Python's {@code raw-unicode-escape}: Latin-1, and {@code \\uXXXX} for the rest. */
    static String rawUnicodeEscape(String line) throws MalformedException {
        StringBuilder text = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            boolean escape = line.charAt(i) == '\\' && i + 1 < line.length();
            if (escape && line.charAt(i + 1) == 'u') {
                text.append((char) number(line, i + 2, 4));
                i += 5;
            } else if (escape && line.charAt(i + 1) == 'U') {
                int codePoint = number(line, i + 2, 8);
                if (!Character.isValidCodePoint(codePoint)) {
                    throw new MalformedException("a pickle with an invalid character");
                }
                text.appendCodePoint(codePoint);
                i += 9;
            } else {
                text.append(line.charAt(i));
            }
        }
        return text.toString();
    }

    /** Text as the bytes that it stands for, one a character. */
    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int number(String line, int from, int digits) throws MalformedException {
        try {
            return Integer.parseUnsignedInt(
                    line, from, Math.min(line.length(), from + digits), HEX);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new MalformedException("a pickle with an invalid character");
        }
    }
}
