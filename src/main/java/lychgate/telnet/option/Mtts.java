package lychgate.telnet.option;

import lychgate.session.ColourDepth;
import lychgate.session.Fact;

import java.util.Locale;

/** The bits of the MUD Terminal Type Standard. */
final class Mtts {
    private static final String SOURCE = "MTTS";
    private static final int ANSI = 1;
    private static final int VT100 = 2;
    private static final int UTF8 = 4;
    private static final int XTERM256 = 8;
    private static final int MOUSE = 16;
    private static final int PALETTE = 32;
    private static final int SCREENREADER = 64;
    private static final int PROXY = 128;
    private static final int TRUECOLOR = 256;
    private static final int MNES = 512;
    private static final int MSLP = 1024;

    private Mtts() {}

    /** Whether a terminal's name is an MTTS number: {@code MTTS 271}, {@code MTTS271}. */
    static boolean isMtts(String name) {
        return name.toUpperCase(Locale.ROOT).startsWith(SOURCE);
    }

    /** Learns from {@code MTTS 271}; an unparsable number is counted as malformed. */
    static void learn(String name, OptionLink link) {
        try {
            learn(Integer.parseInt(name.substring(SOURCE.length()).strip()), link);
        } catch (NumberFormatException e) {
            link.malformed("mtts");
        }
    }

    /** Learns from the bits. */
    static void learn(int bits, OptionLink link) {
        link.learned(Fact.COLOURS, colours(bits), SOURCE);
        learn(Fact.SCREENREADER, bits, SCREENREADER, link);
        learn(Fact.UTF8, bits, UTF8, link);
        learn(Fact.VT100, bits, VT100, link);
        learn(Fact.MOUSE, bits, MOUSE, link);
        learn(Fact.PALETTE, bits, PALETTE, link);
        learn(Fact.PROXY, bits, PROXY, link);
        if ((bits & MNES) != 0) {
            link.learned(Fact.MNES, true, SOURCE); // TinTin++ sets it only in answers by MNES
        }
        learn(Fact.MSLP, bits, MSLP, link);
    }

    private static void learn(Fact<Boolean> fact, int bits, int bit, OptionLink link) {
        link.learned(fact, (bits & bit) != 0, SOURCE);
    }

    private static ColourDepth colours(int bits) {
        if ((bits & ANSI) == 0) {
            return ColourDepth.NONE;
        }
        if ((bits & TRUECOLOR) != 0) {
            return ColourDepth.TRUECOLOR;
        }
        return (bits & XTERM256) != 0 ? ColourDepth.XTERM256 : ColourDepth.ANSI;
    }
}
