package lychgate.examples.irc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.Seeded;
import lychgate.text.RenderStyle;
import lychgate.text.Renderer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Random;

/** mIRC's codes and the game's markup, both ways; the vectors are Evennia's. */
class MircTest {
    private static final String PRINTABLE =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                    + "!\"#$%&'()*+,-./:;<=>?@[\\]^_`}~ ";

    private static final String CODES_AND_TAGS =
            "|{}lctenrRX0123456789,\u0002\u0003\u0004\u000f\u0016\u001d\u001e\u001f\u001b a";

    @ParameterizedTest
    @CsvSource({
        "0, w", "1, X", "2, B", "3, G", "4, r", "5, R", "6, M", "7, Y", "8, y", "9, g", "10, C",
        "11, c", "12, b", "13, m", "14, x", "15, W"
    })
    void coloursAreThoseOfEvennia(int code, String letter) {
        assertEquals(
                List.of("\u0003" + code + "colour"), MarkupToMirc.lines("|" + letter + "colour"));
        assertEquals("|" + letter + "colour|n", MircToMarkup.markup("\u0003" + code + "colour"));
    }

    @ParameterizedTest
    @CsvSource({"5, r", "3, g", "7, y", "2, b", "6, m", "10, c", "15, w", "1, x"})
    void backgroundsAreThoseOfEvennia(int code, String letter) {
        assertEquals(
                List.of("\u000399," + code + "ground"),
                MarkupToMirc.lines("|[" + letter + "ground"));
        assertEquals(
                "|[" + letter + "ground|n", MircToMarkup.markup("\u000399," + code + "ground"));
    }

    @Test
    void boldIsBold() {
        assertEquals(List.of("\u0002x"), MarkupToMirc.lines("|hx"));
        assertEquals("|hx|n", MircToMarkup.markup("\u0002x"));
        assertEquals("|hx|Hy|n", MircToMarkup.markup("\u0002x\u0002y"));
    }

    @Test
    void printableCharactersAreWhatTheyAre() {
        assertEquals(List.of(PRINTABLE), MarkupToMirc.lines(PRINTABLE));
        assertEquals(PRINTABLE, MircToMarkup.markup(PRINTABLE));
    }

    @Test
    void complexStringComesBack() {
        String markup = "|wthis|Xis|gis|Ma|C|hcomplex|*string";
        String irc = MarkupToMirc.lines(markup).getFirst();
        assertEquals("\u00030this\u00031is\u00039is\u00036a\u000310\u0002complex\u0016string", irc);
        assertEquals(markup + "|n", MircToMarkup.markup(irc));
    }

    @Test
    void digitsAndCommasBehindAColourAreText() {
        assertEquals(List.of("\u0003045 apples"), MarkupToMirc.lines("|r5 apples"));
        assertEquals(List.of("\u00034\u0002\u0002,5"), MarkupToMirc.lines("|r,5"));
        assertEquals(List.of("\u00034x\u0003995"), MarkupToMirc.lines("|rx|n5"));
        assertEquals(List.of("\u000399,055"), MarkupToMirc.lines("|[r5"));
        assertEquals("|r5 apples|n", MircToMarkup.markup("\u0003045 apples"));
        assertEquals("|r,|n", MircToMarkup.markup("\u00034,"));
    }

    @Test
    void endOfColoursLeavesTheStyles() {
        assertEquals("|h|rx|n|hy|n", MircToMarkup.markup("\u0002\u00034x\u0003y"));
        assertEquals("|h|rx|ny", MircToMarkup.markup("\u0002\u00034x\u000fy"));
        assertEquals("|#ff8800x|n", MircToMarkup.markup("\u0004ff8800x"));
    }

    @Test
    void linksAreWordsAndLinesAreLines() {
        assertEquals(
                List.of("go north or here (https://example.org)", "second"),
                MarkupToMirc.lines(
                        "|lcnorth|ltgo north|le or |luhttps://example.org|lthere|le|/\nsecond"));
        assertEquals(List.of(), MarkupToMirc.lines("|r|n\n|/|h"));
    }

    @Test
    void cubeIsTheNearestColour() {
        assertEquals(List.of("\u00034x"), MarkupToMirc.lines("|500x"));
        assertEquals(List.of("\u00030x"), MarkupToMirc.lines("|555x"));
        assertEquals(List.of("\u00031x"), MarkupToMirc.lines("|=ax"));
        assertEquals(List.of("\u000312x"), MarkupToMirc.lines("|#0000ffx"));
    }

    @Test
    void whateverAnIrcUserTypesIsShownAsTheWordsThatItIs() {
        Seeded.times(5_000, MircTest::typedAndShown);
    }

    private static void typedAndShown(Random random) {
        StringBuilder typed = new StringBuilder();
        int length = random.nextInt(24);
        for (int k = 0; k < length; k++) {
            typed.append(CODES_AND_TAGS.charAt(random.nextInt(CODES_AND_TAGS.length())));
        }
        String shown = Renderer.render(MircToMarkup.markup(typed.toString()), RenderStyle.PLAIN);
        assertTrue(isWithin(shown, typed.toString()), typed + " became " + shown);
    }

    /** Whether those are characters of the other, in its order: no tag has eaten or made any. */
    private static boolean isWithin(String shown, String typed) {
        int at = 0;
        for (int i = 0; i < shown.length(); i++) {
            at = typed.indexOf(shown.charAt(i), at) + 1;
            if (at == 0) {
                return false;
            }
        }
        return shown.chars().filter(c -> c == '|').count()
                == typed.chars().filter(c -> c == '|').count();
    }
}
