package lychgate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.Fact;
import lychgate.session.OutputOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
    void addressWithoutASchemeMayHoldAnother() {
        assertEquals(
                "<a href=\"http://www.a.io/?to=http://b.io\" target=\"_blank\" rel=\"noopener"
                        + " noreferrer\">www.a.io/?to=http://b.io</a>",
                render("www.a.io/?to=http://b.io"));
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

    // Whatever the text is.

    private static final int STRINGS = 10_000;

    /** What decides something for markup, terminals, MXP or pages. */
    private static final List<String> PARTS =
            List.of(
                    "<",
                    ">",
                    "&",
                    "\"",
                    "'",
                    "/",
                    "=",
                    " ",
                    ";",
                    "|",
                    "||",
                    "{",
                    "\n",
                    "\r",
                    "\t",
                    "|r",
                    "|n",
                    "|[b",
                    "|500",
                    "|=m",
                    "|#ff8800",
                    "|#f80",
                    "|[#012",
                    "|u",
                    "|*",
                    "|^",
                    "|lc",
                    "|lu",
                    "|lt",
                    "|le",
                    "|/",
                    "|-",
                    "|h",
                    "<b>",
                    "</span>",
                    "</a>",
                    "<br>",
                    "<img src=x onerror=alert(1)>",
                    "<svg/onload=",
                    "<script>alert(1)</script>",
                    "<a href=\"javascript:alert(1)\">",
                    "<!--",
                    "-->",
                    "<send href=\"quit\">",
                    "</send>",
                    "\u001b[4z",
                    "\u001b[0z",
                    "\u001b[1z",
                    "|lujavascript:alert(1)|ltx|le",
                    "|luJaVaScript:|lt",
                    "|ludata:text/html,|lt",
                    "|lu java",
                    "|luhttps://x/\" onclick=\"|lt",
                    "|lcsay \"<b>|lt",
                    "\u001b[31m",
                    "\u001b[38;5;300m",
                    "\u001b[38;2;1;2;3m",
                    "\u001b[0m",
                    "\u001b[",
                    "\u001b]8;;javascript:alert(1)\u001b\\",
                    "\u001b]8;;\u001b\\",
                    "\u009b31m",
                    "\u001b]0;title\u0007",
                    "\u001bP",
                    "\u0090",
                    "\u009d",
                    "\u0000",
                    "\u0007",
                    "\f",
                    "&lt;",
                    "&#60;",
                    "&amp",
                    "http://",
                    "https://x.example/?a=1&b=\"",
                    "www.",
                    "ftp://x",
                    "mailto:",
                    "javascript:",
                    "x",
                    "é",
                    "世",
                    "\u202e",
                    "\ud800",
                    "\udc00",
                    "word");

    private static final Pattern ELEMENT =
            Pattern.compile(
                    "<(br|/a|/span"
                            + "|span(?: class=\"[a-z0-9 -]+\")?"
                            + "(?: style=\"(?:(?:background-)?color: #[0-9a-f]{6}; ?)+\")?"
                            + "|a href=\"(?i:https?://|ftp://|mailto:)[^\"<>]*\""
                            + " target=\"_blank\" rel=\"noopener noreferrer\""
                            + "|a href=\"#\" class=\"command\" data-command=\"[^\"<>]*\")>");

    private static final Pattern WORDS = Pattern.compile("(?:[^<>&\"]|&(?:lt|gt|amp|quot);)*");

    static Stream<RenderStyle> styles() {
        return Stream.of(
                        ClientFacts.NONE.with(Fact.COLOURS, ColourDepth.TRUECOLOR, "test"),
                        ClientFacts.NONE.with(Fact.NOCOLOR, true, "test"),
                        ClientFacts.NONE.with(Fact.SCREENREADER, true, "test"),
                        ClientFacts.NONE.with(Fact.RAW, true, "test"))
                .map(facts -> RenderStyle.of(facts, OutputOptions.NONE));
    }

    @ParameterizedTest
    @MethodSource("styles")
    void randomStringsAreOnlySpansAndSafeLinks(RenderStyle style) {
        Random random = new Random(20261128);
        for (int i = 0; i < STRINGS; i++) {
            StringBuilder markup = new StringBuilder();
            for (int parts = 1 + random.nextInt(9); parts > 0; parts--) {
                markup.append(PARTS.get(random.nextInt(PARTS.size())));
            }
            String html = HtmlRenderer.render(markup.toString(), style);
            assertEquals("", mistake(html), () -> markup + " became " + html);
        }
    }

    /** What is wrong with a text's HTML; empty for nothing. */
    private static String mistake(String html) {
        Deque<String> open = new ArrayDeque<>();
        Matcher elements = ELEMENT.matcher(html);
        int from = 0;
        while (elements.find()) {
            if (!WORDS.matcher(html.substring(from, elements.start())).matches()) {
                return "markup: " + html.substring(from, elements.start());
            }
            from = elements.end();
            String name = elements.group(1).split(" ", 2)[0];
            if (name.startsWith("/")) {
                if (!name.substring(1).equals(open.poll())) {
                    return "ends in no order: " + name;
                }
            } else if (!name.equals("br")) {
                if (open.contains(name)) {
                    return name + " in another";
                }
                open.push(name);
            }
        }
        String rest = html.substring(from);
        return !WORDS.matcher(rest).matches() ? "markup: " + rest : String.join(",", open);
    }

    private static String render(String markup) {
        return HtmlRenderer.render(Spans.parse(markup));
    }
}
