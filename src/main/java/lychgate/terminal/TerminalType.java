package lychgate.terminal;

import lychgate.session.ColourDepth;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/**
 * The capabilities of a terminal by its name: {@code TERM} over SSH, TTYPE over telnet. The name is
 * untrusted and only looked up in a fixed table.
 *
 * @param name the name in lower case, with invalid characters removed
 * @param cursor whether the cursor can be moved, so that lines can be edited
 * @param colours the colours it supports
 * @param hyperlinks whether it is known to support hyperlinks (OSC 8); others may show the sequence
 *     as text
 */
public record TerminalType(String name, boolean cursor, ColourDepth colours, boolean hyperlinks) {
    /** Maximum length of a name; those of terminfo are shorter. */
    private static final int MAX_NAME = 40;

    /** Assumed if the name does not tell; most terminals support even more. */
    private static final ColourDepth DEFAULT_COLOURS = ColourDepth.XTERM256;

    /**
     * The known terminals; the first match counts. Where terminfo and the MUD Terminal Type
     * Standard differ, this follows the standard: a real VT100 ignores colours, and whatever calls
     * itself one today supports 16.
     */
    private static final List<Entry> TABLE =
            List.of(
                    dumb("", ColourDepth.NONE),
                    dumb("dumb", ColourDepth.NONE),
                    dumb("emacs", ColourDepth.NONE),
                    dumb("network", ColourDepth.NONE),
                    dumb("network-virtual-terminal", ColourDepth.NONE), // RFC 884: plain ASCII
                    dumb("unknown", null), // RFC 1091: the client does not say
                    dumb("vt52", ColourDepth.NONE), // has sequences of its own
                    screen("alacritty", ColourDepth.TRUECOLOR).linking(),
                    screen("alacritty-direct", ColourDepth.TRUECOLOR).linking(),
                    screen("contour", ColourDepth.TRUECOLOR).linking(),
                    screen("foot", ColourDepth.TRUECOLOR).linking(),
                    screen("foot-direct", ColourDepth.TRUECOLOR).linking(),
                    screen("iterm2", ColourDepth.TRUECOLOR),
                    screen("wezterm", ColourDepth.TRUECOLOR).linking(),
                    screen("xterm-ghostty", ColourDepth.TRUECOLOR).linking(),
                    screen("xterm-kitty", ColourDepth.TRUECOLOR).linking(),
                    screen("*-direct", ColourDepth.TRUECOLOR),
                    screen("*-truecolor", ColourDepth.TRUECOLOR),
                    screen("*-256color*", ColourDepth.XTERM256),
                    screen("ansi", ColourDepth.ANSI),
                    screen("ansi*", null), // TinyFugue's second name is ANSI-ATTR
                    screen("cygwin*", ColourDepth.ANSI),
                    screen("linux*", ColourDepth.ANSI),
                    screen("pcansi*", ColourDepth.ANSI),
                    screen("putty*", ColourDepth.XTERM256),
                    screen("rxvt*", ColourDepth.XTERM256),
                    screen("screen*", ColourDepth.ANSI), // of 8 colours, by terminfo
                    screen("tmux*", ColourDepth.ANSI), // the same
                    screen("vt*", ColourDepth.ANSI),
                    screen("xterm*", ColourDepth.XTERM256));

    /**
     * Terminals that match a pattern.
     *
     * @param pattern the name in lower case; a star at either end matches anything
     * @param colours null if the name does not tell
     */
    private record Entry(
            String pattern, boolean cursor, @Nullable ColourDepth colours, boolean hyperlinks) {
        Entry linking() {
            return new Entry(pattern, cursor, colours, true);
        }

        boolean matches(String name) {
            String words = pattern.replace("*", "");
            boolean before = pattern.startsWith("*");
            boolean behind = pattern.endsWith("*");
            if (before && behind) {
                return name.contains(words);
            }
            if (before) {
                return name.endsWith(words);
            }
            return behind ? name.startsWith(words) : name.equals(words);
        }
    }

    /** The capabilities of a terminal by name; an unknown one is assumed to have a cursor. */
    public static TerminalType of(String term) {
        return of(term, null);
    }

    /**
     * The capabilities of a terminal.
     *
     * @param term its name, as reported by the client
     * @param colorTerm the value of COLORTERM, if set
     */
    public static TerminalType of(String term, @Nullable String colorTerm) {
        String name = clean(term);
        Entry entry = entry(name);
        if (entry == null) {
            return new TerminalType(name, true, withColorTerm(colorTerm, DEFAULT_COLOURS), false);
        }
        ColourDepth told = entry.colours == null ? DEFAULT_COLOURS : entry.colours;
        ColourDepth colours = entry.cursor ? withColorTerm(colorTerm, told) : told;
        return new TerminalType(name, entry.cursor, colours, entry.hyperlinks);
    }

    /** Whether this is the name of a known terminal, rather than of a client program. */
    public static boolean isKnown(String term) {
        return entry(clean(term)) != null;
    }

    /** The colours that the name implies; null if it does not. */
    public static @Nullable ColourDepth coloursOf(String term) {
        Entry entry = entry(clean(term));
        return entry == null ? null : entry.colours;
    }

    private static @Nullable Entry entry(String name) {
        for (Entry entry : TABLE) {
            if (entry.matches(name)) {
                return entry;
            }
        }
        return null;
    }

    /** A terminal that understands no escape sequences. */
    private static Entry dumb(String name, @Nullable ColourDepth colours) {
        return new Entry(name, false, colours, false);
    }

    private static Entry screen(String pattern, @Nullable ColourDepth colours) {
        return new Entry(pattern, true, colours, false);
    }

    private static ColourDepth withColorTerm(@Nullable String colorTerm, ColourDepth otherwise) {
        String said = colorTerm == null ? "" : colorTerm.toLowerCase(Locale.ROOT);
        return said.equals("truecolor") || said.equals("24bit") ? ColourDepth.TRUECOLOR : otherwise;
    }

    private static String clean(String term) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < term.length() && name.length() < MAX_NAME; i++) {
            char c = term.charAt(i);
            if (c > ' ' && c < '\u007f') {
                name.append(c);
            }
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
