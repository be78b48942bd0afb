package lychgate.telnet.option;

import lychgate.telnet.Side;
import lychgate.testing.RecordingLink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the clients answer was recorded with each of them. */
class TtypeTest {
    private static final String ASKS = "IAC SB TTYPE 01 IAC SE";
    private final RecordingLink link = new RecordingLink(new Ttype()).enable(Side.THEM);

    @Test
    void tinTinTellsClientTerminalAndMtts() {
        link.did(ASKS);
        link.receive("00 'TINTIN++'")
                .did("client: TINTIN++ (TTYPE)", "colours: 16777216 (TTYPE)", ASKS);
        link.receive("00 'xterm-256color'")
                .did("terminal: xterm-256color (TTYPE)", "colours: 256 (TTYPE)", ASKS);
        link.receive("00 'MTTS 271'")
                .did(
                        "colours: 16777216 (MTTS)",
                        "screenreader: false (MTTS)",
                        "utf-8: true (MTTS)",
                        "vt100: true (MTTS)",
                        "mouse: false (MTTS)",
                        "palette: false (MTTS)",
                        "proxy: false (MTTS)",
                        "mslp: false (MTTS)");
    }

    @Test
    void plainTelnetRepeatsItsTerminal() {
        link.did(ASKS);
        link.receive("00 'XTERM-256COLOR'")
                .did("terminal: xterm-256color (TTYPE)", "colours: 256 (TTYPE)", ASKS);
        link.receive("00 'XTERM-256COLOR'").did();
    }

    @Test
    void kildClientRepeatsItsName() {
        link.did(ASKS);
        link.receive("00 'KildClient'")
                .did("client: KildClient (TTYPE)", "colours: 256 (TTYPE)", ASKS);
        link.receive("00 'KildClient'").did();
    }

    @Test
    void tinyFugueWalksFourNames() {
        link.did(ASKS);
        link.receive("00 'TINYFUGUE'")
                .did("client: TINYFUGUE (TTYPE)", "colours: 256 (TTYPE)", ASKS);
        link.receive("00 'ANSI-ATTR'").did("terminal: ansi-attr (TTYPE)", ASKS);
        link.receive("00 'ANSI'").did(ASKS);
        link.receive("00 'UNKNOWN'").did(ASKS);
        link.receive("00 'UNKNOWN'").did();
    }

    @Test
    void dumbTerminalHasNoColours() {
        link.did(ASKS);
        link.receive("00 'DUMB'").did("terminal: dumb (TTYPE)", "colours: none (TTYPE)", ASKS);
    }

    /** {@code TerminalTypeTest} has the table: what TERM tells over SSH, TTYPE tells here. */
    @ParameterizedTest
    @CsvSource({
        "VT100, vt100, 16",
        "XTERM-KITTY, xterm-kitty, 16777216",
        "FOOT, foot, 16777216",
        "SCREEN, screen, 16",
        "LINUX, linux, 16"
    })
    void plainTelnetHasTheColoursOfItsTerminal(String name, String terminal, String colours) {
        link.did(ASKS);
        link.receive("00 '" + name + "'")
                .did(
                        "terminal: " + terminal + " (TTYPE)",
                        "colours: " + colours + " (TTYPE)",
                        ASKS);
    }

    @Test
    void terminalThatIsNotSaidHasTheColoursOfAnyClient() {
        link.did(ASKS);
        link.receive("00 'UNKNOWN'").did("terminal: unknown (TTYPE)", ASKS);
    }

    @Test
    void mttsWithoutTheAnsiBitHasNoColoursWhateverTheOtherBits() {
        link.did(ASKS);
        link.receive("00 'MTTS 12'");
        link.did(
                "colours: none (MTTS)",
                "screenreader: false (MTTS)",
                "utf-8: true (MTTS)",
                "vt100: false (MTTS)",
                "mouse: false (MTTS)",
                "palette: false (MTTS)",
                "proxy: false (MTTS)",
                "mslp: false (MTTS)");
    }

    @Test
    void mttsWithoutASpaceIsUnderstoodAndOneWithoutANumberCounted() {
        link.did(ASKS).receive("00 'MTTS64'");
        new RecordingLink(new Ttype())
                .enable(Side.THEM)
                .receive("00 'MTTS many'")
                .did(ASKS, "malformed mtts");
    }

    @Test
    void listWithoutAnEndIsAskedForFiveTimes() {
        link.did(ASKS);
        for (int i = 0; i < 20; i++) {
            link.receive("00 'NAME" + i + "'");
        }
        link.did("client: NAME0 (TTYPE)", ASKS, "terminal: name1 (TTYPE)", ASKS, ASKS, ASKS);
    }

    @Test
    void whatIsNotAnAnswerIsCounted() {
        link.did(ASKS);
        link.receive("").did("malformed ttype");
        link.receive("00").did("malformed ttype");
        link.receive("01").did("malformed ttype");
        link.receive("07 'x'").did("malformed ttype");
    }

    @Test
    void afterDontAndDoItIsAskedAnew() {
        link.receive("00 'A'").receive("00 'A'");
        link.disable(Side.THEM).enable(Side.THEM);
        link.did(ASKS, "client: A (TTYPE)", ASKS, ASKS);
    }

    @Test
    void namesAreKeptWordForWordForThoseWhoGoByThem() {
        link.receive("00 'TINTIN++'")
                .receive("00 'xterm-256color'")
                .receive("00 'MTTS 271'")
                .learnedUnshown(
                        "terminal-names: TerminalNames[names=[TINTIN++], whole=false] (TTYPE)",
                        "terminal-names: TerminalNames[names=[TINTIN++, xterm-256color],"
                                + " whole=false] (TTYPE)",
                        "terminal-names: TerminalNames[names=[TINTIN++, xterm-256color, MTTS 271],"
                                + " whole=true] (TTYPE)");
    }
}
