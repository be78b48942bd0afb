package lychgate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.Seeded;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlCharactersTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x85, 0xad, 0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x180f, 0x200b,
                0x200c, 0x200d, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2064, 0x2066, 0x206f,
                0x3164, 0xfdd0, 0xfe00, 0xfe0e, 0xfe0f, 0xfeff, 0xffa0, 0xfff0, 0xfff9, 0xfffb,
                0xfffe, 0xffff, 0x1bca0, 0x1d173, 0xe0001, 0xe0041, 0xe007f, 0xe0100, 0xe01ef,
                0xe0fff, 0x1ffff
            })
    void whatIsNotSeenIsTakenOut(int unseen) {
        String text = "a" + Character.toString(unseen) + "b";
        assertEquals("ab", ControlCharacters.removed(text, false));
        assertEquals("ab", ControlCharacters.removed(text, true));
        assertEquals("", ControlCharacters.removed(Character.toString(unseen), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ud83d\udc69\u200d\ud83d\ude80", // an astronaut
                "\ud83d\udc69\ud83c\udffd\u200d\ud83d\ude80",
                "\ud83c\udff3\ufe0f\u200d\ud83c\udf08", // a rainbow flag
                "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66",
                "\u2764\ufe0f",
                "\u2764\ufe0e",
                "1\ufe0f\u20e3",
                "\ud83c\uddeb\ud83c\uddf7",
                "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f",
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", // Persian
                "\u0646\u0650\u200c\u0645",
                "\u0915\u094d\u200d\u0937", // Hindi
                "\u0d28\u0d4d\u200d", // Malayalam
                "\u09b0\u200d\u09cd\u09af", // Bengali
                "\u845b\udb40\udd00", // a Han character in one of its forms
                "\u1820\u180b",
                "e\u0301\u0323",
                "\u05d1\u05bc\u05b0\u05a3", // Hebrew
                "\u0e19\u0e49\u0e33",
                "\uac00 \u1112\u1161\u11ab",
                "\u00a0\u3000\u2003",
                "a\u200eb"
            })
    void whatIsNeededStays(String text) {
        assertEquals(text, ControlCharacters.removed(text, false));
        assertEquals("say " + text + "!", ControlCharacters.removed("say " + text + "!", false));
    }

    @Test
    void whatIsNeededOnceIsTakenOutTheSecondTime() {
        assertEquals("\u2764\ufe0f", ControlCharacters.removed("\u2764\ufe0f\ufe0f\ufe0e", false));
        assertEquals("\u200e", ControlCharacters.removed("\u200e\u200f\u200e", false));
        assertEquals(
                "\u0645\u0645",
                ControlCharacters.removed("\u0645\u200c\u200c\u0645", false).replace("\u200c", ""));
        assertEquals("1", ControlCharacters.removed("1\ufe0f", false));
    }

    @Test
    void tagsBehindAFlagThatIsNoneAreTakenOut() {
        String flag = "\ud83c\udff4";
        assertEquals(
                flag,
                ControlCharacters.removed(flag + "\udb40\udc68\udb40\udc69\udb40\udc7f", false));
    }

    @Test
    void halfACharacterIsShownAsOne() {
        assertEquals("a\ufffdb", ControlCharacters.removed("a\ud83db", false));
        assertEquals("a\ufffdb", ControlCharacters.removed("a\ude00b", false));
        assertEquals("\ufffd", ControlCharacters.removed("\ud83d", false));
    }

    @Test
    void letterHasNoMoreMarksThanALanguageGivesIt() {
        assertEquals(
                "a" + "\u0301".repeat(ControlCharacters.MAX_MARKS) + "b\u0301",
                ControlCharacters.removed("a" + "\u0301".repeat(500) + "b\u0301", false));
        assertEquals(
                "a" + "\u0301".repeat(ControlCharacters.MAX_MARKS),
                ControlCharacters.removed("a" + "\u0301\u200b".repeat(20), false));
    }

    @Test
    void everyCharacterThatUnicodeSaysIsNotSeenIsInTheTable() {
        for (int codePoint = 0xa0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            int type = Character.getType(codePoint);
            boolean ends =
                    type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
            if (ends || (type == Character.FORMAT && Character.isIdentifierIgnorable(codePoint))) {
                boolean shown = isShown(codePoint);
                assertEquals(!shown, Unseen.is(codePoint), Integer.toHexString(codePoint));
            }
        }
    }

    /** Format characters that are signs: they stand around numbers and hieroglyphs. */
    private static boolean isShown(int c) {
        return (c >= 0x600 && c <= 0x605)
                || c == 0x6dd
                || c == 0x70f
                || c == 0x890
                || c == 0x891
                || c == 0x8e2
                || c == 0x110bd
                || c == 0x110cd
                || (c >= 0x13430 && c <= 0x1345f);
    }

    @Test
    void whatIsLeftIsLeftAgain() {
        Seeded.times(
                5_000,
                random -> {
                    StringBuilder text = new StringBuilder();
                    int[] alphabet = {
                        'a', '1', 0x301, 0x200d, 0x200c, 0xfe0f, 0x1f468, 0x1f3fd, 0x645, 0x64b,
                        0x94d, 0x200e, 0xe0067, 0x1f3f4, 0xd83d, 0xde00, 0x1b, 0x2028, '\n', 0x845b,
                        0xe0100
                    };
                    for (int i = random.nextInt(20); i > 0; i--) {
                        int c = alphabet[random.nextInt(alphabet.length)];
                        if (c == 0xd83d || c == 0xde00) {
                            text.append((char) c);
                        } else {
                            text.appendCodePoint(c);
                        }
                    }
                    String once = ControlCharacters.removed(text.toString(), false);
                    assertEquals(
                            new String(
                                    once.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                    java.nio.charset.StandardCharsets.UTF_8),
                            once);
                    assertFalse(once.chars().anyMatch(Character::isISOControl));
                    assertTrue(once.length() <= text.length());
                });
    }
}
