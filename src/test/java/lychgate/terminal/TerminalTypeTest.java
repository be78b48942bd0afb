package lychgate.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.session.ColourDepth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTypeTest {
    @ParameterizedTest
    @CsvSource({
        "xterm,                    ,          true,  256",
        "xterm-256color,           ,          true,  256",
        "xterm-256color,           truecolor, true,  16777216",
        "XTERM,                    24bit,     true,  16777216",
        "xterm-kitty,              ,          true,  16777216",
        "xterm-color,              ,          true,  256",
        "XTERM-TRUECOLOR,          ,          true,  16777216",
        "xterm-direct,             ,          true,  16777216",
        "foot,                     ,          true,  16777216",
        "foot-extra,               ,          true,  256",
        "alacritty,                ,          true,  16777216",
        "screen,                   ,          true,  16",
        "screen-256color-bce,      ,          true,  256",
        "tmux-256color,            ,          true,  256",
        "tmux,                     ,          true,  16",
        "rxvt-unicode,             ,          true,  256",
        "linux,                    ,          true,  16",
        "ANSI,                     ,          true,  16",
        "ansi-256color,            ,          true,  256",
        "cygwin,                   ,          true,  16",
        "vt100,                    ,          true,  16",
        "VT220,                    ,          true,  16",
        "vt100-256color,           ,          true,  256",
        "vt52,                     ,          false, none",
        "putty,                    ,          true,  256",
        "something-new,            ,          true,  256",
        "something-new,            truecolor, true,  16777216",
        "unknown,                  ,          false, 256",
        "network,                  ,          false, none",
        "NETWORK-VIRTUAL-TERMINAL, ,          false, none",
        "dumb,                     truecolor, false, none",
        "'',                       ,          false, none",
    })
    void nameTellsWhatItShows(String term, String colorTerm, boolean cursor, String colours) {
        TerminalType type = TerminalType.of(term, colorTerm);
        assertEquals(cursor, type.cursor());
        assertEquals(colours, type.colours().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "xterm-kitty, true,  16777216",
        "VT100,       true,  16",
        "SCREEN,      true,  16",
        "ANSI-ATTR,   true,  ",
        "UNKNOWN,     true,  ",
        "hardcopy,    false, ",
        "Mudlet,      false, "
    })
    void nameThatIsNoTerminalsTellsNoColours(String name, boolean known, String colours) {
        ColourDepth told = TerminalType.coloursOf(name);
        assertEquals(known, TerminalType.isKnown(name));
        assertEquals(colours, told == null ? null : told.toString());
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
        assertEquals(shown, TerminalType.of(term).hyperlinks());
    }

    @Test
    void oddNameIsCutToWhatANameMayBe() {
        assertEquals(
                "-a/etc;reboot" + "x".repeat(27),
                TerminalType.of("-A /etc;\u001breboot\n" + "x".repeat(500), null).name());
    }
}
