package lychgate.terminal;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/**
 * What the name of a terminal tells of it: {@code TERM}, which comes from a stranger and is looked
 * up in nothing but the table here.
 *
 * @param name as it was given, cut to what a name may be
 * @param cursor whether the cursor can be moved, so that a line can be edited
 * @param colours how many it shows: 0, 16, 256, or 16 million
 */
public record TerminalType(String name, boolean cursor, int colours) {
    /** 24-bit colour. */
    public static final int ALL_COLOURS = 16_777_216;

    /** Longest name that is kept; terminfo's are shorter. */
    private static final int MAX_NAME = 40;

    /** No escape sequence means anything to it. */
    private static final List<String> PAPER =
            List.of("", "dumb", "unknown", "network", "network-virtual-terminal", "emacs");

    /** Terminals of one colour. */
    private static final List<String> MONOCHROME = List.of("vt52", "vt100", "vt102", "vt220");

    /** Terminals that show all colours, whatever else is said. */
    private static final List<String> TRUE_COLOUR =
            List.of(
                    "alacritty",
                    "contour",
                    "foot",
                    "iterm2",
                    "wezterm",
                    "xterm-ghostty",
                    "xterm-kitty");

    /** Terminals that show links to addresses (OSC 8); others may show the sequence as text. */
    private static final List<String> LINKING =
            List.of(
                    "alacritty",
                    "alacritty-direct",
                    "contour",
                    "foot",
                    "foot-direct",
                    "wezterm",
                    "xterm-ghostty",
                    "xterm-kitty");

    /** Terminals whose entries of that name have 8 or 16 colours. */
    private static final List<String> SIXTEEN_COLOURS =
            List.of("ansi", "cygwin", "linux", "pcansi", "screen", "tmux", "vt");

    /**
     * What is known of a terminal.
     *
     * @param term its name, as the client gave it
     * @param colorTerm what COLORTERM says, if anything
     */
    public static TerminalType of(String term, @Nullable String colorTerm) {
        String name = clean(term);
        if (PAPER.contains(name)) {
            return new TerminalType(name, false, 0);
        }
        return new TerminalType(name, true, colours(name, colorTerm == null ? "" : colorTerm));
    }

    /** Whether it is known to show links to addresses. */
    public boolean hyperlinks() {
        return LINKING.contains(name);
    }

    private static int colours(String name, String colorTerm) {
        String said = colorTerm.toLowerCase(Locale.ROOT);
        if (said.equals("truecolor")
                || said.equals("24bit")
                || name.endsWith("-direct")
                || TRUE_COLOUR.contains(name)) {
            return ALL_COLOURS;
        }
        if (name.contains("256color")) {
            return 256;
        }
        if (MONOCHROME.contains(name)) {
            return 0;
        }
        return SIXTEEN_COLOURS.stream().anyMatch(name::startsWith) ? 16 : 256;
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
