package lychgate.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import lychgate.Seeded;
import lychgate.testing.Wire;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

class CharacterSetsTest {
    @Test
    void theyAreThoseThatAreNamedEverywhereWithUtf8First() {
        assertEquals(
                List.of(
                        "UTF-8",
                        "US-ASCII",
                        "ISO-8859-1",
                        "ISO-8859-15",
                        "windows-1252",
                        "windows-1251",
                        "KOI8-R",
                        "IBM437",
                        "GBK",
                        "Big5"),
                CharacterSets.all().stream().map(Charset::name).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "utf8,UTF-8",
        "ISO 8859-1,ISO-8859-1",
        "latin1,ISO-8859-1",
        "CP437,IBM437",
        "cp1251,windows-1251",
        "koi8-r,KOI8-R",
        "ascii,US-ASCII",
        "BIG5,Big5",
    })
    void setIsKnownByItsOtherNames(String name, String set) {
        assertEquals(set, set(name).name());
    }

    /** Every name that CPython 3.11 has for one, and some text as it writes it. */
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/charsets/pythons.txt", delimiter = '\t')
    void everyNameThatPythonHasMeansWhatPythonMeans(
            String name, @Nullable String bytes, @Nullable String text) {
        if (bytes == null) {
            assertNull(CharacterSets.named(name));
        } else {
            assertEquals(text, new String(HexFormat.of().parseHex(bytes), set(name)));
            assertEquals(set(name), CharacterSets.named(name.toUpperCase(Locale.ROOT)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "latin-1,ISO-8859-1",
        "latin_1,ISO-8859-1",
        "cp850,IBM850",
        "iso8859-2,ISO-8859-2",
        "ISO-8859-2,ISO-8859-2",
        "cp1250,windows-1250",
        "utf_8,UTF-8",
        "euc_jp,EUC-JP",
        "shift_jis,Shift_JIS",
    })
    void namesThatGamesUseAreKnown(String name, String set) {
        assertEquals(set, set(name).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "UTF-16", "EBCDIC", "x y z", "\u0000", "cp037", "UTF-7"})
    void othersAreNotHere(String name) {
        assertNull(CharacterSets.named(name));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "UTF-8,      c3 b6,        ö",
                "ISO-8859-1, f6,           ö",
                "ISO-8859-1, c3 b6,        ö", // UTF-8 does not happen by chance
                "KOI8-R,     c1 c2,        аб",
                "windows-1251, ff ff,      яя",
                "IBM437,     81,           ü",
                "GBK,        c4 e3 ba c3,  你好",
                "Big5,       a7 41 a6 6e,  你好",
                "GBK,        e4 bd a0 e5 a5 bd, 浣犲ソ", // GBK is believed: almost all is GBK
                "US-ASCII,   f6 'x',       \ufffdx",
                "UTF-8,      f6 'x',       \ufffdx",
            })
    void lineIsReadAsUtf8OrAsDeclared(String declared, String bytes, String text) {
        assertEquals(text, CharacterSets.decode(Wire.bytes(bytes), set(declared)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "UTF-8,      ``,             0",
                "UTF-8,      'a',            1",
                "UTF-8,      'a' c3 b6,      2",
                "UTF-8,      f0 9f 98 80,    4",
                "UTF-8,      'a' b6,         1",
                "KOI8-R,     c1 c2,          1",
                "GBK,        'a' c4 e3,      2",
                "GBK,        c4 e3 'a',      1",
                "Big5,       a6 6e,          2",
                "Big5,       a7 41 6e,       1",
                "EUC-JP,     'a' a4 a2,      2",
                "EUC-JP,     8f b0 a1,       3",
                "Shift_JIS,  ca 82 a0,       2",
                "Shift_JIS,  82 a0 ca,       1",
                "GB18030,    81 30 84 36,    4",
                "EUC-KR,     c7 d1 'a',      1",
            })
    void lastCharacterHasItsBytes(String declared, String bytes, int length) {
        assertEquals(length, CharacterSets.lastCharacter(Wire.bytes(bytes), set(declared)));
    }

    @Test
    void noBytesMakeItThrowAndNoCharacterIsLongerThanItsText() {
        Seeded.times(
                5_000,
                random -> {
                    byte[] bytes = new byte[random.nextInt(12)];
                    random.nextBytes(bytes);
                    for (Charset declared : CharacterSets.all()) {
                        CharacterSets.decode(bytes, declared);
                        int last = CharacterSets.lastCharacter(bytes, declared);
                        assertEquals(last, Math.clamp(last, Math.min(1, bytes.length), 4));
                    }
                });
    }

    private static Charset set(String name) {
        return Objects.requireNonNull(CharacterSets.named(name));
    }
}
