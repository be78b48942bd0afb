package lychgate.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import lychgate.session.ColourDepth;
import lychgate.testing.Wire;
import lychgate.text.LinkStyle;
import lychgate.text.RenderStyle;

import org.junit.jupiter.api.Test;

import java.nio.charset.Charset;

class EncodedTextsTest {
    private static final RenderStyle PLAIN = RenderStyle.PLAIN;
    private static final RenderStyle ANSI =
            new RenderStyle(ColourDepth.ANSI, false, false, LinkStyle.WORDS);

    private final EncodedTexts texts = new EncodedTexts();

    @Test
    void lineEndsInCrLfAndOnlyOnce() {
        assertEquals("'a' CR LF", words("a", PLAIN, UTF_8, true));
        assertEquals("'a' CR LF", words("a\n", PLAIN, UTF_8, true));
        assertEquals("'a' CR LF CR LF", words("a\n\n", PLAIN, UTF_8, true));
        assertEquals("CR LF", words("", PLAIN, UTF_8, true));
    }

    @Test
    void whatIsNoLineHasNoEndOfItsOwn() {
        assertEquals("'a' CR LF 'b'", words("a\nb", PLAIN, UTF_8, false));
    }

    @Test
    void sameTextIsEncodedOnceForAllWhoAreShownItAlike() {
        byte[] first = texts.encode("|rred", ANSI, UTF_8, true);
        assertSame(first, texts.encode("|rred", ANSI, UTF_8, true));
    }

    @Test
    void eachIsShownTheTextInHisOwnWay() {
        assertEquals("ESC '[1m' ESC '[31m' c3 a9 ESC '[0m' CR LF", words("|ré", ANSI, UTF_8, true));
        assertEquals("c3 a9 CR LF", words("|ré", PLAIN, UTF_8, true));
        assertEquals("c3 a9", words("|ré", PLAIN, UTF_8, false));
        assertEquals("e9", words("|ré", PLAIN, ISO_8859_1, false));
    }

    @Test
    void sameTextIsRememberedInMoreCharacterSetsThanOne() {
        byte[] utf8 = texts.encode("é", PLAIN, UTF_8, true);
        byte[] latin = texts.encode("é", PLAIN, ISO_8859_1, true);
        assertSame(utf8, texts.encode("é", PLAIN, UTF_8, true));
        assertSame(latin, texts.encode("é", PLAIN, ISO_8859_1, true));
    }

    @Test
    void longTextIsNotRemembered() {
        String text = "x".repeat(5_000);
        assertNotSame(
                texts.encode(text, PLAIN, UTF_8, true), texts.encode(text, PLAIN, UTF_8, true));
    }

    @Test
    void textsThatHaveOneHashAreNotMistakenForEachOther() {
        assertEquals("Aa".hashCode(), "BB".hashCode());
        assertEquals("'Aa'", words("Aa", PLAIN, UTF_8, false));
        assertEquals("'BB'", words("BB", PLAIN, UTF_8, false));
    }

    private String words(String markup, RenderStyle style, Charset charset, boolean line) {
        return Wire.words(texts.encode(markup, style, charset, line)).replace("1b", "ESC");
    }
}
