package lychgate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlRendererTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "|rred|n -> <span class=\"color-009\">red</span>",
                "|Rdark -> <span class=\"color-001\">dark</span>",
                "|[rbg|n -> <span class=\"bgcolor-196\">bg</span>",
                "|[Rbg|n -> <span class=\"bgcolor-001\">bg</span>",
                "|500x|n|[050y ->"
                        + " <span class=\"color-196\">x</span><span class=\"bgcolor-046\">y</span>",
                "|#ff8800t|n -> <span style=\"color: #ff8800;\">t</span>",
                "|*inv|n -> <span class=\"bgcolor-007 color-000\">inv</span>",
                "|hhi -> <span class=\"color-015\">hi</span>",
                "|u|ix|n -> <span class=\"underline italic\">x</span>",
                "a|/b|-c -> a<br>b    c",
            })
    void evenniasClasses(String markup, String html) {
        assertEquals(html, render(markup));
    }

    @Test
    void whatMeansSomethingToHtmlIsEscaped() {
        assertEquals("&lt;b&gt;&amp;&quot;'", render("<b>&\"'"));
    }

    @Test
    void bellAndNewPageAreNothingOnAPage() {
        assertEquals("abc", render("a\u0007b\fc"));
    }

    @Test
    void everyAddressInTheWordsIsALinkAndTheFullStopBehindItIsNot() {
        assertEquals(
                "see <a href=\"https://a.io\" target=\"_blank\" rel=\"noopener"
                        + " noreferrer\">https://a.io</a>, <a href=\"http://www.b.io/x\""
                        + " target=\"_blank\" rel=\"noopener noreferrer\">www.b.io/x</a>.",
                render("see https://a.io, www.b.io/x."));
    }

    @Test
    void commandLinkCarriesItsCommandAsData() {
        assertEquals(
                "<a href=\"#\" class=\"command\" data-command=\"say &quot;hi&quot;\">greet</a>",
                render("|lcsay \"hi\"|ltgreet|le"));
    }

    @Test
    void addressWithAScriptIsOnlyItsWords() {
        assertEquals("click", render("|lujavascript:alert(1)|ltclick|le"));
    }

    @Test
    void readyMadeColoursAreUnderstood() {
        assertEquals(
                "<span class=\"color-009\">a</span><span class=\"bgcolor-046 color-009\">b</span>",
                render("\u001b[1;31ma\u001b[48;5;46mb\u001b[0m"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "1;31mx -> <span class=\"color-009\">x</span>",
                "38;5;196mx -> <span class=\"color-196\">x</span>",
                "48;5;9mx -> <span class=\"bgcolor-009\">x</span>",
                "1;31;48;5;2mx -> <span class=\"bgcolor-002 color-009\">x</span>",
                "38;5;244mx -> <span class=\"color-244\">x</span>",
                "38;2;1;2;255mx -> <span style=\"color: #0102ff;\">x</span>",
                "31;39mx -> x",
                "41;49mx -> x",
                "4;5;9mx -> <span class=\"blink underline strike\">x</span>",
                "4;24mx -> x",
                "31;0mx -> x",
                "38;5mx -> <span class=\"blink\">x</span>",
                "38;2;1mx -> <span class=\"color-015\">x</span>"
            })
    void readyMadeColoursHaveTheSameClasses(String sgr, String html) {
        assertEquals(html, render("\u001b[" + sgr));
    }

    @Test
    void linkWithoutWordsShowsWhereItLeads() {
        assertEquals(
                "<a href=\"mailto:a@b.io\" target=\"_blank\" rel=\"noopener"
                        + " noreferrer\">mailto:a@b.io</a>",
                render("|lumailto:a@b.io|lt|le"));
    }

    @Test
    void nothingBreaksOutOfAnAttribute() {
        assertEquals(
                "<a href=\"#\" class=\"command\" data-command=\"&quot;&gt;&lt;b&gt;\">x</a>",
                render("|lc\"><b>|ltx|le"));
    }

    private static String render(String markup) {
        return HtmlRenderer.render(Spans.parse(markup));
    }
}
