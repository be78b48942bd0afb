package lychgate.telnet;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

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

    /** Characters of a name: more than any has. */
    private static final int MAX_NAME = 40;

    /** What must be itself, so that lines and telnet's commands are found. */
    private static final String ASCII =
            IntStream.concat(IntStream.rangeClosed(' ', '~'), IntStream.of('\r', '\n', '\t'))
                    .collect(
                            StringBuilder::new,
                            StringBuilder::appendCodePoint,
                            StringBuilder::append)
                    .toString();

    /** Names that Python has and Java has not, or for another set; without their hyphens. */
    private static final Map<String, String> PYTHONS = pythons();

    private CharacterSets() {}

    private static Map<String, String> pythons() {
        Map<String, String> names = new HashMap<>();
        for (String row :
                List.of(
                        "US-ASCII ansix3.41968 ansix3.41986 ansix341968 iso646.irv1991",
                        "ISO-8859-1 latin latin1 8859 iso8859 iso885911987",
                        "ISO-8859-2 iso885921987",
                        "ISO-8859-3 iso885931988",
                        "ISO-8859-4 iso885941988",
                        "ISO-8859-5 iso885951988",
                        "ISO-8859-6 iso885961987",
                        "ISO-8859-7 iso885971987",
                        "ISO-8859-8 iso885981988",
                        "ISO-8859-9 iso885991989",
                        "x-iso-8859-11 thai iso8859112001",
                        "ISO-8859-13 l7 latin7",
                        "ISO-8859-16 iso8859162001",
                        "TIS-620 isoir166 tis6200 tis62025290 tis62025291",
                        "windows-1250 1250",
                        "windows-1251 1251",
                        "windows-1252 1252",
                        "windows-1253 1253",
                        "windows-1254 1254",
                        "windows-1255 1255",
                        "windows-1256 1256",
                        "windows-1257 1257",
                        "windows-1258 1258",
                        "IBM775 cspc775baltic",
                        "IBM855 csibm855",
                        "IBM00858 csibm858",
                        "x-MacCentralEurope maclatin2 maccenteuro",
                        "x-MacCroatian maccroatian",
                        "x-MacCyrillic maccyrillic",
                        "x-MacGreek macgreek",
                        "x-MacIceland maciceland",
                        "x-MacRoman macroman macintosh",
                        "x-MacRomania macromanian",
                        "x-MacTurkish macturkish",
                        "GBK 936",
                        "GB2312 xmacsimpchinese chinese csiso58gb231280 eucgb2312cn isoir58",
                        "GB18030 gb180302000",
                        "Big5 big5tw xmactradchinese",
                        "Big5-HKSCS hkscs",
                        "EUC-KR xmackorean korean ksc5601 ksc56011987 ksx1001",
                        "x-Johab cp1361",
                        "x-windows-949 949 cp949 ms949 uhc",
                        "x-windows-950 950 cp950 ms950",
                        "EUC-JP ujis",
                        "Shift_JIS sjis shiftjis xmacjapanese",
                        "windows-31j 932 cp932 ms932 mskanji",
                        "UTF-8 cp65001 u8 utf utf8ucs2 utf8ucs4")) {
            String[] all = row.split(" ", -1);
            for (int i = 1; i < all.length; i++) {
                names.put(all[i], all[0]);
            }
        }
        return Map.copyOf(names);
    }

    /** All of them, the preferred one first. Their names are those of IANA. */
    public static List<Charset> all() {
        return ALL;
    }

    /**
     * The one of that name, under any name that IANA, Java or Python have for it: {@code latin-1},
     * {@code cp850}, {@code iso8859-2}, {@code ISO 8859-1}. Null for what is not known, and for
     * what cannot be on a line of telnet: there ASCII must be itself.
     */
    public static @Nullable Charset named(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        if (plain.isEmpty() || plain.length() > MAX_NAME) {
            return null;
        }
        String hyphens = plain.replace(' ', '-').replace('_', '-'); // Mudlet: "ISO 8859-1"
        String known = PYTHONS.get(hyphens.replace("-", ""));
        if (known != null) {
            return charset(known);
        }
        for (String tried : List.of(plain, hyphens, hyphens.replace('-', '_'))) {
            Charset found = charset(tried);
            if (found != null) {
                return suits(found) ? found : null;
            }
        }
        return null;
    }

    private static @Nullable Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }

    /** Whether it can be written, and ASCII is itself in it, wherever a line is cut. */
    private static boolean suits(Charset charset) {
        return ALL.contains(charset)
                || (charset.canEncode()
                        && !charset.name().contains("2022") // shifts between sets
                        && ASCII.equals(
                                new String(ASCII.getBytes(charset), StandardCharsets.US_ASCII))
                        && ASCII.equals(
                                new String(ASCII.getBytes(StandardCharsets.US_ASCII), charset)));
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
        if (isDoubleByte(declared)) {
            return lastDoubleByte(bytes);
        }
        return isMultiByte(declared) ? lastMultiByte(bytes, declared) : lastOfUtf8(bytes);
    }

    /** As many bytes as the last character has, read from a place where one begins. */
    private static int lastMultiByte(byte[] bytes, Charset declared) {
        int from = Math.max(0, bytes.length - MAX_LOOK_BACK);
        for (int i = bytes.length - 2; from > 0 && i >= from; i--) {
            if (bytes[i] >= 0 && bytes[i] < '0') {
                from = i + 1; // no character has such a byte within it
            }
        }
        String text = new String(bytes, from, bytes.length - from, declared);
        if (text.isEmpty() || text.charAt(text.length() - 1) == REPLACEMENT) {
            return 1;
        }
        int last = text.offsetByCodePoints(text.length(), -1);
        return Math.clamp(text.substring(last).getBytes(declared).length, 1, bytes.length);
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
        Charset first = isMultiByte(declared) ? declared : DEFAULT;
        Charset second = isMultiByte(declared) ? DEFAULT : declared;
        if (new String(bytes, first).indexOf(REPLACEMENT) < 0) {
            return first;
        }
        return new String(bytes, second).indexOf(REPLACEMENT) < 0 ? second : declared;
    }

    private static boolean isMultiByte(Charset charset) {
        return !charset.equals(DEFAULT)
                && charset.newEncoder().maxBytesPerChar() > 1; // a set of single bytes has 1.0
    }

    private static boolean isDoubleByte(Charset charset) {
        return charset.name().equals("GBK") || charset.name().equals("Big5");
    }
}
