package lychgate.telnet;

import lychgate.session.CharacterSetNames;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The character sets that a connection may use, and how a line is decoded. */
public final class CharacterSets {
    /** The default, until another set is negotiated or declared. */
    public static final Charset DEFAULT = StandardCharsets.UTF_8;

    /** Bytes examined to find where a character begins: bounds the cost of erasing one. */
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

    /** All that are offered, in order of preference, by their IANA names. */
    public static List<Charset> all() {
        return ALL;
    }

    /** The set of that name, offered or any other usable for a line; null if it is unknown. */
    public static @Nullable Charset named(String name) {
        return CharacterSetNames.named(name);
    }

    /**
     * Decodes bytes. UTF-8 is tried first, because text is not valid UTF-8 by chance, unless the
     * declared set has two bytes per character: in those almost anything is valid by chance. What
     * cannot be decoded becomes replacement characters.
     */
    public static String decode(byte[] bytes, Charset declared) {
        return new String(bytes, of(bytes, declared));
    }

    /**
     * The number of bytes of the last character; 0 if there is none. Examines the last {@link
     * #MAX_LOOK_BACK} bytes at most.
     */
    public static int lastCharacter(byte[] bytes, Charset declared) {
        if (bytes.length == 0) {
            return 0;
        }
        if (isDoubleByte(declared)) {
            return lastDoubleByte(bytes);
        }
        return isMultiByte(declared) ? lastMultiByte(bytes, declared) : lastOfUtf8(bytes);
    }

    /** The number of bytes of the last character, decoding from a place where one begins. */
    private static int lastMultiByte(byte[] bytes, Charset declared) {
        int from = Math.max(0, bytes.length - MAX_LOOK_BACK);
        for (int i = bytes.length - 2; from > 0 && i >= from; i--) {
            if (bytes[i] >= 0 && bytes[i] < '0') {
                from = i + 1; // no multi-byte character contains such a byte
            }
        }
        String text = new String(bytes, from, bytes.length - from, declared);
        if (text.isEmpty() || text.charAt(text.length() - 1) == REPLACEMENT) {
            return 1;
        }
        int last = text.offsetByCodePoints(text.length(), -1);
        return Math.clamp(text.substring(last).getBytes(declared).length, 1, bytes.length);
    }

    /** A complete UTF-8 sequence, or one byte. */
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

    /** Two bytes if an odd number of bytes before the last could each begin a character. */
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
        Charset first = isMultiByte(declared) ? declared : DEFAULT;
        Charset second = isMultiByte(declared) ? DEFAULT : declared;
        if (new String(bytes, first).indexOf(REPLACEMENT) < 0) {
            return first;
        }
        return new String(bytes, second).indexOf(REPLACEMENT) < 0 ? second : declared;
    }

    private static boolean isMultiByte(Charset charset) {
        return !charset.equals(DEFAULT)
                && charset.newEncoder().maxBytesPerChar() > 1; // 1.0 for single-byte sets
    }

    private static boolean isDoubleByte(Charset charset) {
        return charset.name().equals("GBK") || charset.name().equals("Big5");
    }
}
