package lychgate.session;

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

/** Finds character sets by the names that clients, players and games have for them. */
public final class CharacterSetNames {
    /** Longest name that is looked up; real ones are shorter. */
    private static final int MAX_NAME = 40;

    /**
     * Characters that must be encoded as in ASCII, so that line ends and telnet commands are found.
     */
    private static final String ASCII =
            IntStream.concat(IntStream.rangeClosed(' ', '~'), IntStream.of('\r', '\n', '\t'))
                    .collect(
                            StringBuilder::new,
                            StringBuilder::appendCodePoint,
                            StringBuilder::append)
                    .toString();

    /** Names that Java does not know, or uses for another set than Python; without hyphens. */
    private static final Map<String, String> PYTHONS = pythons();

    private CharacterSetNames() {}

    /**
     * The character set of that name, as IANA, Java or Python know it: {@code latin-1}, {@code
     * cp850}, {@code iso8859-2}, {@code ISO 8859-1}. Null for unknown names, and for sets that
     * cannot be used on a telnet line because they do not contain ASCII as it is.
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

    /** Whether it can be encoded and contains ASCII as it is, wherever a line is split. */
    private static boolean suits(Charset charset) {
        return charset.canEncode()
                && !charset.name().contains("2022") // shifts between sets
                && ASCII.equals(new String(ASCII.getBytes(charset), StandardCharsets.US_ASCII))
                && ASCII.equals(new String(ASCII.getBytes(StandardCharsets.US_ASCII), charset));
    }

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
}
