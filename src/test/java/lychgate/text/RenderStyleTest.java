package lychgate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.Fact;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderStyleTest {

    @Test
    void clientThatSaysNothingGets256Colours() {
        assertEquals(
                new RenderStyle(ColourDepth.XTERM256, false, false, LinkStyle.WORDS),
                RenderStyle.of(ClientFacts.NONE, OutputOptions.NONE));
    }

    @Test
    void clientIsShownWhatItsFactsSay() {
        ClientFacts facts =
                ClientFacts.NONE
                        .with(Fact.COLOURS, ColourDepth.ANSI, "TTYPE")
                        .with(Fact.SCREENREADER, true, "MTTS")
                        .with(Fact.RAW, true, "game");
        assertEquals(
                new RenderStyle(ColourDepth.ANSI, true, true, LinkStyle.WORDS),
                RenderStyle.of(facts, OutputOptions.NONE));
    }

    @Test
    void playerWhoWantsNoColourGetsNone() {
        ClientFacts facts =
                ClientFacts.NONE
                        .with(Fact.COLOURS, ColourDepth.TRUECOLOR, "MTTS")
                        .with(Fact.NOCOLOR, true, "player");
        assertEquals(ColourDepth.NONE, depth(facts, OutputOptions.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "XTERM256,NOCOLOR,true,NONE",
        "XTERM256,NOCOLOR,false,XTERM256",
        "XTERM256,TRUECOLOR,true,TRUECOLOR",
        "XTERM256,TRUECOLOR,false,XTERM256",
        "TRUECOLOR,TRUECOLOR,false,XTERM256",
        "TRUECOLOR,XTERM256,true,TRUECOLOR",
        "TRUECOLOR,XTERM256,false,ANSI",
        "ANSI,XTERM256,true,XTERM256",
        "TRUECOLOR,ANSI,false,NONE",
        "NONE,ANSI,true,ANSI",
        "NONE,ANSI,false,NONE"
    })
    void whatTheGameSaysOfAMessageGoesBeforeTheDepthOfTheClient(
            ColourDepth client, OutputOption option, boolean on, ColourDepth shown) {
        ClientFacts facts = ClientFacts.NONE.with(Fact.COLOURS, client, "TTYPE");
        assertEquals(shown, depth(facts, OutputOptions.NONE.with(option, on)));
    }

    @Test
    void whatTheGameSaysOfAMessageGoesBeforeTheWishOfTheClient() {
        ClientFacts facts =
                ClientFacts.NONE
                        .with(Fact.NOCOLOR, true, "player")
                        .with(Fact.SCREENREADER, true, "MTTS");
        OutputOptions options =
                OutputOptions.NONE
                        .with(OutputOption.NOCOLOR, false)
                        .with(OutputOption.SCREENREADER, false)
                        .with(OutputOption.RAW, true);
        RenderStyle style = RenderStyle.of(facts, options);
        assertEquals(ColourDepth.XTERM256, style.depth());
        assertFalse(style.screenReader());
        assertTrue(style.raw());
    }

    @ParameterizedTest
    @CsvSource({"0,0,0,16", "5,5,5,231", "5,0,0,196", "0,5,0,46", "0,0,5,21"})
    void colourOfTheCubeHasItsNumberAmongThe256(int red, int green, int blue, int index) {
        assertEquals(index, new Colour.Cube(red, green, blue).index());
    }

    @ParameterizedTest
    @CsvSource({"0,16", "1,232", "24,255", "25,231"})
    void greyHasItsNumberAmongThe256(int level, int index) {
        assertEquals(index, new Colour.Grey(level).index());
    }

    @ParameterizedTest
    @CsvSource({
        "0,0", "45,0", "65,0", "66,1", "105,2", "145,2", "146,3", "225,4", "226,5", "255,5"
    })
    void partOfTheCubeIsTheNearestWithHalvesToTheEvenOne(int part, int nearest) {
        assertEquals(new Colour.Cube(nearest, 0, 0), new Colour.Rgb(part, 0, 0).cube());
    }

    @Test
    void linksAreWordsUntilTheClientSaysWhatItTakes() {
        assertEquals(LinkStyle.WORDS, links(ClientFacts.NONE));
        ClientFacts mxp = ClientFacts.NONE.with(Fact.MXP, true, "MXP");
        assertEquals(new LinkStyle(true, false, false), links(mxp));
        ClientFacts pages = mxp.with(Fact.HYPERLINKS, true, "NEW-ENVIRON");
        assertEquals(new LinkStyle(true, true, false), links(pages));
        assertEquals(
                new LinkStyle(true, true, true),
                links(pages.with(Fact.COMMAND_LINKS, true, "NEW-ENVIRON")));
        assertEquals(
                LinkStyle.WORDS,
                links(ClientFacts.NONE.with(Fact.COMMAND_LINKS, true, "NEW-ENVIRON")));
    }

    @Test
    void linksAreWordsForAScreenReaderAndWithoutAnsi() {
        ClientFacts all =
                ClientFacts.NONE
                        .with(Fact.MXP, true, "MXP")
                        .with(Fact.HYPERLINKS, true, "NEW-ENVIRON");
        assertEquals(LinkStyle.WORDS, links(all.with(Fact.SCREENREADER, true, "MTTS")));
        assertEquals(LinkStyle.WORDS, links(all.with(Fact.COLOURS, ColourDepth.NONE, "MTTS")));
    }

    @Test
    void whatTheGameSaysOfAMessageDecidesAboutMxp() {
        ClientFacts mxp = ClientFacts.NONE.with(Fact.MXP, true, "MXP");
        OutputOptions without = OutputOptions.NONE.with(OutputOption.MXP, false);
        assertEquals(LinkStyle.WORDS, RenderStyle.of(mxp, without).links());
    }

    private static LinkStyle links(ClientFacts facts) {
        return RenderStyle.of(facts, OutputOptions.NONE).links();
    }

    private static ColourDepth depth(ClientFacts facts, OutputOptions options) {
        return RenderStyle.of(facts, options).depth();
    }
}
