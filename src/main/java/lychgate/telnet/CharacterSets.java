package lychgate.telnet;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;

/** The character sets that a connection may have, and how a line is read in one. */
public final class CharacterSets {
    /** What holds until something else is agreed on, or declared. */
    public static final Charset DEFAULT = StandardCharsets.UTF_8;

    /** Bytes looked at to find where a character begins: bounds what one rubbed out costs. */
    public static final int MAX_LOOK_BACK = 256;

    private static final char REPLACEMENT = '\ufffd';

    private static final List<Charset> ALL =
            List.of(
                    StandardCharsets.UTF_8,
                    StandardCharsets.US_ASCII,
                    StandardCharsets.ISO_8859_1,
                    Charset.forName("ISO-8859-15"),
                    Charset.forName("windows-1252"),
                    Charset.forName("windows-1251"),
                    Charset.forName("KOI8-R"),
                    Charset.forName("IBM437"),
                    Charset.forName("GBK"),
                    Charset.forName("Big5"));

    private CharacterSets() {}

    /** All of them, the preferred one first. Their names are those of IANA. */
    public static List<Charset> all() {
        return ALL;
    }

    /** The one of that name, under any name that it is known by; null for what is not here. */
    public static @Nullable Charset named(String name) {
        try {
            // Mudlet writes "ISO 8859-1"
            Charset found =
                    Charset.forName(name.strip().replace(' ', '-').toUpperCase(Locale.ROOT));
            return ALL.contains(found) ? found : null;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }

    /**
     * What the bytes say. UTF-8 is tried first, for it does not happen by chance, unless the
     * declared set has two bytes a character: then almost anything happens by chance. What cannot
     * be read at all becomes replacement characters.
     */
    public static String decode(byte[] bytes, Charset declared) {
        return new String(bytes, of(bytes, declared));
    }

    /**
     * Bytes that the last character has; 0 where there is none. Looks at the last {@link
     * #MAX_LOOK_BACK} bytes at most.
     */
    public static int lastCharacter(byte[] bytes, Charset declared) {
        if (bytes.length == 0) {
            return 0;
        }
        return isDoubleByte(declared) ? lastDoubleByte(bytes) : lastOfUtf8(bytes);
    }

    /** A whole sequence of UTF-8, or one byte. */
    private static int lastOfUtf8(byte[] bytes) {
        for (int length = 2; length <= 4 && length <= bytes.length; length++) {
            int from = bytes.length - length;
            if ((bytes[from] & 0xc0) == 0xc0) {
                String text = new String(bytes, from, length, StandardCharsets.UTF_8);
                return text.indexOf(REPLACEMENT) < 0 && text.codePointCount(0, text.length()) == 1
                        ? length
                        : 1;
            }
        }
        return 1;
    }

    /** Two bytes where an odd number of bytes before the last could each begin a character. */
    private static int lastDoubleByte(byte[] bytes) {
        int run = 0;
        for (int i = bytes.length - 2; i >= 0 && bytes[i] < 0 && run < MAX_LOOK_BACK; i--) {
            run++;
        }
        return run % 2 == 0 ? 1 : 2;
    }

    private static Charset of(byte[] bytes, Charset declared) {
        if (declared.equals(DEFAULT)) {
            return DEFAULT;
        }
        Charset first = isDoubleByte(declared) ? declared : DEFAULT;
        Charset second = isDoubleByte(declared) ? DEFAULT : declared;
        if (new String(bytes, first).indexOf(REPLACEMENT) < 0) {
            return first;
        }
        return new String(bytes, second).indexOf(REPLACEMENT) < 0 ? second : declared;
    }

    private static boolean isDoubleByte(Charset charset) {
        return charset.name().equals("GBK") || charset.name().equals("Big5");
    }
}
