package lychgate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import lychgate.Seeded;
import lychgate.session.ColourDepth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ESC is written {@code ^} in what is expected. */
class RendererTest {
    private static final RenderStyle ANSI = style(ColourDepth.ANSI);
    private static final RenderStyle XTERM = style(ColourDepth.XTERM256);
    private static final RenderStyle TRUE = style(ColourDepth.TRUECOLOR);
    private static final RenderStyle NONE = RenderStyle.PLAIN;
    private static final RenderStyle SPOKEN =
            new RenderStyle(ColourDepth.TRUECOLOR, true, false, LinkStyle.WORDS);

    /** Evennia's own vectors, with the reset that ends a coloured text. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "a||b -> a|b",
                "|||r -> |^[1m^[31m^[0m",
                "|||| -> ||",
                "|#12345 -> ^[38;5;16m45^[0m",
                "|#1234567 -> ^[38;5;17m7^[0m",
                "|[#abc -> ^[48;5;152m^[0m",
                "|5000 -> ^[38;5;196m0^[0m",
                "|#808080 -> ^[38;5;102m^[0m",
                "|#ff8800 -> ^[38;5;208m^[0m",
                "|#414141 -> ^[38;5;16m^[0m",
                "|#424242 -> ^[38;5;59m^[0m",
                "|lca|ltb|le|lcc|ltd|le -> bd",
                "|[rB|n |500x|n |=mg|n ->" + " ^[48;5;196mB^[0m ^[38;5;196mx^[0m ^[38;5;243mg^[0m",
            })
    void vectorsFor256Colours(String markup, String shown) {
        assertEquals(shown, render(markup, XTERM));
    }

    @Test
    void vectorFor16Colours() {
        assertEquals(
                "^[1m^[31mx ^[1m^[30m y ^[1m^[31mz^[0m", render("|500x |=m y |#ff0000z", ANSI));
    }

    @Test
    void pipesAtTheEndStayPipesHoweverMany() {
        assertEquals("tail|", render("tail|", XTERM));
        assertEquals("|r |", render("||r ||", XTERM));
        assertEquals("||", render("|||", XTERM));
    }

    @Test
    void brightBackgroundBehindAnEscapedPipeIsABackground() {
        assertEquals("|^[48;5;196mX^[0m", render("|||[rX", XTERM));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "|rx -> ^[1m^[31mx^[0m",
                "|Rx -> ^[22m^[31mx^[0m",
                "|!Rx -> ^[31mx^[0m",
                "|gx|yx|bx -> ^[1m^[32mx^[1m^[33mx^[1m^[34mx^[0m",
                "|mx|cx|wx|xx -> ^[1m^[35mx^[1m^[36mx^[1m^[37mx^[1m^[30mx^[0m",
                "|[Rx|[Xx -> ^[41mx^[40mx^[0m",
                "|[xx -> ^[48;5;102mx^[0m",
                "|hx|Hx -> ^[1mx^[22mx^[0m",
                "|ux|Ux -> ^[4mx^[24mx^[0m",
                "|ix|Ix -> ^[3mx^[23mx^[0m",
                "|sx|Sx -> ^[9mx^[29mx^[0m",
                "|^x|*x -> ^[5mx^[7mx^[0m",
                "|nx -> ^[0mx^[0m",
                "|[=ax|=zx -> ^[48;5;16mx^[38;5;231mx^[0m",
                "|=bx|=yx -> ^[38;5;232mx^[38;5;255mx^[0m",
            })
    void fixedTags(String markup, String shown) {
        assertEquals(shown, render(markup, XTERM));
    }

    @Test
    void whiteSpaceTags() {
        assertEquals("a\nb\tc d    e", render("a|/b|-c|_d|>e", XTERM));
    }

    @Test
    void lineEndsOfAnyKindAreOneLineEnd() {
        assertEquals("a\nb\nc\nd", render("a\r\nb\nc\rd", XTERM));
    }

    @ParameterizedTest
    @CsvSource({"|q", "|t", "|600", "|=A", "|", "|#12", "|#xyz", "|[", "|[q", "|!", "|!r", "|="})
    void unknownTagStaysAsItIsWritten(String markup) {
        assertEquals(markup, render(markup, XTERM));
    }

    @Test
    void doubledBraceIsABraceAndASingleOneStays() {
        assertEquals("{r {x", render("{{r {x", XTERM));
    }

    @Test
    void backslashStays() {
        assertEquals("a\\b\\\\c", render("a\\b\\\\c", XTERM));
    }

    @Test
    void trueColourIsExact() {
        assertEquals("^[38;2;255;136;0mx^[48;2;0;255;0my^[0m", render("|#ff8800x|[#0f0y", TRUE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "|100x -> ^[0m^[31mx^[0m",
                "|500x -> ^[1m^[31mx^[0m",
                "|[500x -> ^[41mx^[0m",
                "|=ax -> ^[0m^[30mx^[0m",
                "|=dx -> ^[1m^[30mx^[0m",
                "|=nx -> ^[0m^[37mx^[0m",
                "|=xx -> ^[1m^[37mx^[0m",
                "|[=mx|[=nx -> ^[40mx^[47mx^[0m",
                "|[rx -> ^[41mx^[0m",
            })
    void sixteenColours(String markup, String shown) {
        assertEquals(shown, render(markup, ANSI));
    }

    @Test
    void everyColourOfTheCubeHasOneOfTheSixteen() {
        for (int n = 0; n < 216; n++) {
            int sixteen = SixteenColours.of(new Colour.Cube(n / 36, n / 6 % 6, n % 6));
            assertEquals(sixteen, sixteen & 15);
        }
    }

    @Test
    void plainWordsHaveNoEscapeSequences() {
        assertEquals("red and bg", render("|rred|n and |[#00ff00bg", NONE));
    }

    @Test
    void uncolouredTextEndsWithoutAReset() {
        assertEquals("hello", render("hello", TRUE));
    }

    @Test
    void textThatEndsWithAResetIsNotResetAgain() {
        assertEquals("^[1m^[31mred^[0m", render("|rred|n", XTERM));
    }

    @Test
    void screenReaderGetsWordsWithoutDrawings() {
        assertEquals("+ x  ", render("+----+ |rx|n ==== ~~~", SPOKEN));
    }

    @Test
    void linksAreTheirWordsAndABareAddressIsTheAddress() {
        assertEquals("the page", render("|luhttps://a.io/|ltthe page|le", SPOKEN));
        assertEquals("https://a.io/", render("|luhttps://a.io/|lt|le", SPOKEN));
        assertEquals("go |^[1m^[31mnorth^[0m", render("|lcnorth||x|ltgo |||rnorth|le", XTERM));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "see |luhttps://a.io/|ltthe |rpage|n|le. -> see the page (https://a.io/).",
                "|luhttps://a.io/|lthttps://a.io/|le -> https://a.io/",
                "|luhttps://a.io/|lt |rhttps://a.io/|n|le. -> https://a.io/.",
                "|luhttps://a.io/|lt|r|n|le -> https://a.io/",
                "|lu|ltname|le -> name",
                "|lutelnet://a.io|ltgame|le -> game (telnet://a.io)",
                "|luhttps://a.io/?b||c|ltpage|le -> page (https://a.io/?b|c)",
                "|lclook|ltlook around|le -> look around",
            })
    void addressStandsBehindWordsThatCannotLeadToIt(String markup, String shown) {
        assertEquals(shown, render(markup, NONE).strip());
        assertEquals(shown, render(markup, ANSI).replaceAll("\\^\\[[0-9;]*m", "").strip());
    }

    @Test
    void bellAndNewPageOfTheGamePass() {
        assertEquals("a\u0007b\fc\td", render("a\u0007b\fc\td", NONE));
        assertEquals("\u0007^[1m^[31mb^[0m\f^[0m", render("\u0007|rb|n\f", XTERM));
        assertEquals("a\u0007bc", render("a\u0007b\fc", SPOKEN));
    }

    @Test
    void addressHasNoControlCharacters() {
        assertEquals("x (https://a.io/b)", render("|luhttps://a.io/\u0007\f\tb|ltx|le", NONE));
    }

    @Test
    void linkWithoutItsEndStaysAsItIsWritten() {
        assertEquals("|lcnorth|ltgo", render("|lcnorth|ltgo", XTERM));
        assertEquals("|lcnorth go|le", render("|lcnorth go|le", XTERM));
    }

    @Test
    void rawShowsTheMarkup() {
        RenderStyle raw = new RenderStyle(ColourDepth.XTERM256, false, true, LinkStyle.WORDS);
        assertEquals("|rred||", render("|rred||", raw));
    }

    @Test
    void rawShowsNoEscapeSequencesToAClientWithoutThem() {
        RenderStyle raw = new RenderStyle(ColourDepth.NONE, false, true, LinkStyle.WORDS);
        assertEquals("|rred", render("|r^[2Jred".replace('^', '\u001b'), raw));
    }

    @Test
    void readyMadeColoursPassAndFitTheClient() {
        String table = "\u001b[38;5;196mx\u001b[48;2;0;255;0my\u001b[0m";
        assertEquals("^[38;5;196mx^[48;2;0;255;0my^[0m", render(table, TRUE));
        assertEquals("^[38;5;196mx^[48;5;46my^[0m", render(table, XTERM));
        assertEquals("^[1;31mx^[42my^[0m", render(table, ANSI));
        assertEquals("xy", render(table, NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[2J",
                "^[10;20H",
                "^]0;title\u0007",
                "^]52;c;aGk=^\\",
                "^P1$r^\\",
                "^c",
                "^(B",
                "\u009b31m",
                "\u009d0;title\u0007",
                "\u000b",
                "\b",
                "\u0000",
                "\u0085"
            })
    void noOtherSequenceOrControlCharacterPasses(String sequence) {
        assertEquals("ab", render("a" + sequence.replace('^', '\u001b') + "|nb", NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"^", "^[", "^[1;", "^]0;title", "^(", "\u009b1"})
    void sequenceThatIsCutOffIsLeftOut(String sequence) {
        assertEquals("a", render("a" + sequence.replace('^', '\u001b'), NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "|lclook|ltLook!|le now# ^[4z<SEND HREF=\"look\">Look!^[4z</SEND> now",
                "|luhttps://a.b/?c=1&d=2|ltpage|le#"
                        + " ^[4z<A HREF=\"https://a.b/?c=1&amp;d=2\">page^[4z</A>",
                "|luhttps://a.b|lt|le# ^[4z<A HREF=\"https://a.b\">https://a.b^[4z</A>",
                "|lcsay \"<>\"|ltx|le# ^[4z<SEND HREF=\"say &quot;&lt;&gt;&quot;\">x^[4z</SEND>",
                "|lujavascript:x()|ltpage|le# page",
                "a<b>c&d# ^[0za&lt;b&gt;c&amp;d",
                "<a> |rred|n <b># ^[0z&lt;a&gt; ^[1m^[31mred^[0m &lt;b&gt;^[0m",
                "a > b# a > b",
                "<a> |lcx|lt<y>|le <b># ^[0z&lt;a&gt; ^[4z<SEND"
                        + " HREF=\"x\">^[0z&lt;y&gt;^[4z</SEND>^[0z &lt;b&gt;",
                "HP 3 > # HP 3 >",
                "no tags# no tags",
            })
    void mxpTakesLinksAsTagsAndAllElseAsWords(String markup, String shown) {
        LinkStyle mxp = new LinkStyle(true, false, false);
        assertEquals(
                shown.strip(),
                render(markup, new RenderStyle(ColourDepth.ANSI, false, false, mxp)).strip());
    }

    @Test
    void modeOfMxpIsSaidAgainInEachLineThatNeedsIt() {
        LinkStyle mxp = new LinkStyle(true, false, false);
        assertEquals(
                "^[0z&lt;a&gt;\nb\n^[0z&lt;c&gt;",
                render("<a>|/b\n<c>", new RenderStyle(ColourDepth.ANSI, false, false, mxp)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "|luhttps://a.b/?c=1&d=ö|ltpage|le# ^]8;;https://a.b/?c=1&d=%C3%B6^\\page^]8;;^\\",
                "|lclook at \"it\"|ltLook|le# ^]8;;send:look%20at%20%22it%22^\\Look^]8;;^\\",
                "|lufile:///etc/passwd|ltpage|le# page",
                "a<b> & c# a<b> & c",
            })
    void hyperlinksOfTerminalsAreControlStrings(String markup, String shown) {
        LinkStyle hyperlinks = new LinkStyle(false, true, true);
        assertEquals(
                shown.strip(),
                render(markup, new RenderStyle(ColourDepth.ANSI, false, false, hyperlinks)));
    }

    @Test
    void linkToACommandIsMxpOrWordsWhereTheTerminalOnlyOpensPages() {
        String markup = "|lclook|ltLook|le";
        assertEquals(
                "Look",
                render(
                        markup,
                        new RenderStyle(
                                ColourDepth.ANSI,
                                false,
                                false,
                                new LinkStyle(false, true, false))));
        assertEquals(
                "^[4z<SEND HREF=\"look\">Look^[4z</SEND>",
                render(
                        markup,
                        new RenderStyle(
                                ColourDepth.ANSI, false, false, new LinkStyle(true, true, false))));
    }

    @Test
    void noTextBecomesATagOfMxpUnlessItIsALink() {
        RenderStyle mxp =
                new RenderStyle(ColourDepth.ANSI, false, false, new LinkStyle(true, false, false));
        Seeded.times(
                5_000,
                random -> {
                    String text = letters(random, "|{rn[#5lctue/<>&;\u001b[0z\u009b4z\n\"a");
                    String shown = render(text, mxp);
                    String tags = "\\^\\[4z</?(SEND|A)( HREF=\"[^\"<>]*\")?>";
                    assertFalse(shown.replaceAll(tags, "").contains("<"), shown);
                    assertFalse(shown.replaceAll(tags, "").contains("[4z<"), shown);
                });
    }

    @Test
    void whateverIsEscapedIsShownAsItStood() {
        Seeded.times(
                2_000,
                random -> {
                    String text = letters(random, "|{\\rn[#=5luct/ab <>&\t");
                    assertEquals(text, render(Markup.literal(text).source(), XTERM));
                });
    }

    @Test
    void escapedTextStaysEscapedBesideOtherText() {
        Seeded.times(
                2_000,
                random -> {
                    String one = letters(random, "|{rn[#5lct");
                    String two = letters(random, "|{rn[#5lct");
                    Markup both = Markup.of("{}{}", one, two);
                    assertEquals(one + two, render(both.source(), XTERM));
                });
    }

    @Test
    void noTextMakesItThrowOrLetsAnEscapeThroughToAPlainClient() {
        Seeded.times(
                5_000,
                random -> {
                    String text =
                            letters(
                                    random,
                                    "|{\\rn[#=5luct/!^*\u001b\u001b[]P;:0123m\u0007\u009b\r\n");
                    assertFalse(
                            render(text, NONE)
                                    .chars()
                                    .anyMatch(c -> c < ' ' && c != '\n' && c != '\u0007'),
                            text);
                    render(text, ANSI);
                    render(text, SPOKEN);
                    HtmlRenderer.render(Spans.parse(text));
                });
    }

    private static String letters(java.util.Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(24); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static RenderStyle style(ColourDepth depth) {
        return new RenderStyle(depth, false, false, LinkStyle.WORDS);
    }

    private static String render(String markup, RenderStyle style) {
        return Renderer.render(markup, style).replace('\u001b', '^');
    }
}
