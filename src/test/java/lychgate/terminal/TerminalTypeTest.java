package lychgate.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTypeTest {
    @ParameterizedTest
    @CsvSource({
        "xterm,            ,          true,  256",
        "xterm-256color,   ,          true,  256",
        "xterm-256color,   truecolor, true,  16777216",
        "XTERM,            24bit,     true,  16777216",
        "xterm-kitty,      ,          true,  16777216",
        "tmux-256color,    ,          true,  256",
        "tmux,             ,          true,  16",
        "linux,            ,          true,  16",
        "vt100,            ,          true,  0",
        "putty,            ,          true,  256",
        "something-new,    ,          true,  256",
        "dumb,             truecolor, false, 0",
        "'',               ,          false, 0",
    })
    void nameTellsWhatItShows(String term, String colorTerm, boolean cursor, int colours) {
        TerminalType type = TerminalType.of(term, colorTerm);
        assertEquals(cursor, type.cursor());
        assertEquals(colours, type.colours());
    }

    @ParameterizedTest
    @CsvSource({
        "foot,           true",
        "xterm-kitty,    true",
        "xterm-256color, false",
        "tmux-256color,  false",
        "linux,          false"
    })
    void linksAreShownOnlyWhereThatIsKnown(String term, boolean shown) {
        assertEquals(shown, TerminalType.of(term, null).hyperlinks());
    }

    @Test
    void oddNameIsCutToWhatANameMayBe() {
        assertEquals(
                "-a/etc;reboot" + "x".repeat(27),
                TerminalType.of("-A /etc;\u001breboot\n" + "x".repeat(500), null).name());
    }
}
