package lychgate.evennia.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.Fact;
import lychgate.session.OutputOptions;
import lychgate.session.TerminalNames;
import lychgate.text.RenderStyle;
import lychgate.text.Renderer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a game is told is compared with Evennia's own Portal by {@code FlagsIT}. */
class ProtocolFlagsTest {
    private static final String TELNET = "telnet";

    private ClientFacts facts = ClientFacts.NONE;

    @Test
    void clientThatIsSilentHasEvenniasDefaults() {
        assertEquals(
                "{ANSI=true, ENCODING=utf-8, FORCEDENDLINE=true, INPUTDEBUG=false,"
                        + " LOCALECHO=false, MCCP=false, MXP=false, NOCOLOR=false,"
                        + " NOGOAHEAD=true, NOPKEEPALIVE=true, NOPROMPTGOAHEAD=true, OOB=false,"
                        + " RAW=false, SCREENHEIGHT={0=45}, SCREENREADER=false,"
                        + " SCREENWIDTH={0=78}, TTYPE=false}",
                new TreeMap<>(flags()).toString());
    }

    /** Evennia's own sets so for {@code v1.evennia.com}. */
    @Test
    void clientOverAWebSocketIsNamedAndTakesCommandsAsEvenniasDoes() {
        facts =
                facts.with(Fact.CLIENT, "Evennia Webclient (websocket)", "web")
                        .with(Fact.COLOURS, ColourDepth.TRUECOLOR, "web")
                        .with(Fact.OOB, true, "web");
        Map<String, ?> flags = ProtocolFlags.of("websocket", facts);
        assertEquals("Evennia Webclient (websocket)", flags.get("CLIENTNAME"));
        for (String flag : List.of("OOB", "TRUECOLOR", "XTERM256", "ANSI")) {
            assertEquals(true, flags.get(flag), flag);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MUDLET;ANSI-TRUECOLOR;MTTS 2349 | CLIENTNAME=MUDLET, TERM=ANSI-TRUECOLOR,"
                        + " TTYPE=true, XTERM256=true, TRUECOLOR=true, UTF-8=true, SSL=true,"
                        + " NOGOAHEAD=true, NOPROMPTGOAHEAD=false",
                "TINTIN++;xterm-256color;MTTS 271 | CLIENTNAME=TINTIN++, TERM=xterm-256color,"
                        + " TTYPE=true, XTERM256=true, TRUECOLOR=true, VT100=true, MNES=null,"
                        + " NOGOAHEAD=true, NOPROMPTGOAHEAD=true",
                "mushclient;mushclient | CLIENTNAME=MUSHCLIENT, TERM=mushclient, TTYPE=true,"
                        + " XTERM256=true, TRUECOLOR=false, NOGOAHEAD=true",
                "XTERM;XTERM | CLIENTNAME=XTERM, TERM=XTERM, TTYPE=true, XTERM256=true,"
                        + " TRUECOLOR=false, ANSI=true, UTF-8=null",
                "KBtin;hardcopy;unknown;KBtin-2.1 | CLIENTNAME=KBTIN, TERM=hardcopy, TTYPE=true,"
                        + " XTERM256=false, NOGOAHEAD=false, NOPROMPTGOAHEAD=true",
                "PLAIN;ansi;MTTS 4 | ANSI=true, XTERM256=false, UTF-8=true",
                "BLIND;ansi;MTTS 64 | SCREENREADER=true",
            })
    void clientIsToldOfInEvenniasWords(String names, String flags) {
        facts =
                facts.with(Fact.NAWS, true, "NAWS")
                        .with(
                                Fact.TERMINAL_NAMES,
                                new TerminalNames(List.of(names.split(";", -1)), true),
                                "TTYPE");
        for (String flag : flags.split(", ", -1)) {
            String name = flag.substring(0, flag.indexOf('='));
            assertEquals(flag, name + "=" + flags().get(name));
        }
        assertEquals(true, flags().get("AUTORESIZE"));
    }

    @ParameterizedTest
    @CsvSource({
        // ANSI, XTERM256, TRUECOLOR: red, a colour of the cube, a true colour
        "true,true,true,   1;31 38;5;196 38;2;1;2;3",
        "true,false,true,  1;31 1;31 38;2;1;2;3",
        "true,true,false,  1;31 38;5;196 38;5;16",
        "true,false,false, 1;31 1;31 30",
        "false,true,false, 1;31 38;5;196 38;5;16",
        "false,false,true, none",
    })
    void threeFlagsDecideOnTheColoursEachByItself(
            boolean ansi, boolean xterm256, boolean truecolor, String shown) {
        facts = facts.with(Fact.COLOURS, ColourDepth.NONE, "MTTS");
        set(Map.of("TRUECOLOR", !truecolor, "XTERM256", !xterm256, "ANSI", !ansi));
        set(Map.of("ANSI", ansi, "XTERM256", xterm256, "TRUECOLOR", truecolor));
        assertEquals(
                List.of(ansi, xterm256, truecolor),
                List.of(flags().get("ANSI"), flags().get("XTERM256"), flags().get("TRUECOLOR")));
        assertEquals(shown.contains("38;5"), rendered("|500x").contains("38;5;196"));
        assertEquals(shown.contains("38;2"), rendered("|#010203x").contains("38;2;1;2;3"));
        assertEquals(shown.equals("none"), !rendered("|rx").contains("\u001b"));
    }

    @Test
    void xterm256IsSetAndTheOthersOfAPlainClientStayAsTheyWere() {
        set(Map.of("XTERM256", false));
        assertEquals(ColourDepth.ANSI, facts.colours());
        set(Map.of("XTERM256", true));
        assertEquals(ColourDepth.XTERM256, facts.colours());
        set(Map.of("ANSI", false, "XTERM256", false));
        assertEquals(ColourDepth.NONE, facts.colours());
    }

    @Test
    void whatIsSaidAgainChangesNothing() {
        facts = facts.with(Fact.COLOURS, ColourDepth.NONE, "MTTS").with(Fact.GMCP, true, "GMCP");
        assertEquals(facts, ProtocolFlags.merged(TELNET, facts, flags()));
    }

    @Test
    void everyFlagIsGivenBackAsItWasSet() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String name :
                List.of(
                        "ANSI MCCP NOGOAHEAD NOPROMPTGOAHEAD MXP NOCOLOR NOPKEEPALIVE OOB RAW"
                                + " AUTORESIZE SCREENREADER UTF-8 XTERM256 INPUTDEBUG FORCEDENDLINE"
                                + " LOCALECHO TRUECOLOR TTYPE")) {
            for (String each : name.split(" ", -1)) {
                all.put(each, !Boolean.TRUE.equals(flags().get(each)));
            }
        }
        all.put("CLIENTNAME", "Some Client");
        all.put("TERM", "Some-Term");
        all.put("ENCODING", "latin-1");
        all.put("SCREENWIDTH", Map.of(0L, 100L));
        all.put("SCREENHEIGHT", Map.of(0L, 50L));
        all.put("MINE", List.of(1L));
        for (String protocol : List.of(TELNET, "ssh")) {
            ClientFacts set = ProtocolFlags.merged(protocol, ClientFacts.NONE, all);
            Map<String, Object> told = new LinkedHashMap<>(ProtocolFlags.of(protocol, set));
            told.keySet().retainAll(all.keySet());
            assertEquals(new TreeMap<>(all), new TreeMap<>(told));
        }
    }

    @Test
    void characterSetThatIsNotKnownLeavesTheOldOne() {
        set(Map.of("ENCODING", "latin-1"));
        set(Map.of("ENCODING", "klingon"));
        assertEquals("latin-1", flags().get("ENCODING"));
        assertEquals("klingon", ProtocolFlags.unknownEncoding(Map.of("ENCODING", "klingon")));
        assertNull(ProtocolFlags.unknownEncoding(Map.of("ENCODING", "cp850")));
    }

    @Test
    void goAheadsOfPromptsAreWhatTheGameBelievesOnceItSetsThoseOfLines() {
        set(Map.of("NOGOAHEAD", false));
        assertEquals(true, facts.get(Fact.NOPROMPTGOAHEAD));
    }

    private Map<String, Object> flags() {
        return ProtocolFlags.of(TELNET, facts);
    }

    private void set(Map<String, ?> flags) {
        facts = ProtocolFlags.merged(TELNET, facts, flags);
    }

    private String rendered(String markup) {
        return Renderer.render(markup, RenderStyle.of(facts, OutputOptions.NONE));
    }
}
