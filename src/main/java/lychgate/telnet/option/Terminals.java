package lychgate.telnet.option;

import lychgate.session.ColourDepth;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the names of terminals and clients say about colours, where nothing says it better. */
public final class Terminals {
    private static final Set<String> CLIENTS_WITH_256_COLOURS =
            Set.of(
                    "ATLANTIS",
                    "BEIP",
                    "CMUD",
                    "KBTIN",
                    "KILDCLIENT",
                    "MUDLET",
                    "MUSHCLIENT",
                    "POTATO",
                    "PUTTY",
                    "TINYFUGUE");
    private static final Set<String> CLIENTS_WITH_ALL_COLOURS = Set.of("AXMUD", "TINTIN++");

    private static final List<String> TERMINALS =
            List.of(
                    "ANSI",
                    "DUMB",
                    "LINUX",
                    "RXVT",
                    "SCREEN",
                    "TMUX",
                    "UNKNOWN",
                    "VT",
                    "XTERM",
                    "NETWORK-VIRTUAL-TERMINAL");

    private Terminals() {}

    /** Whether it is the name of a terminal, and not of a program. */
    public static boolean isTerminal(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return TERMINALS.stream().anyMatch(upper::startsWith);
    }

    /**
     * The colours that a terminal or client of that name shows; null where the name does not tell.
     */
    public static @Nullable ColourDepth colours(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.endsWith("-TRUECOLOR")
                || upper.endsWith("-DIRECT")
                || CLIENTS_WITH_ALL_COLOURS.contains(upper)) {
            return ColourDepth.TRUECOLOR;
        }
        if (upper.endsWith("-256COLOR")
                || upper.startsWith("XTERM")
                || CLIENTS_WITH_256_COLOURS.contains(upper)) {
            return ColourDepth.XTERM256;
        }
        if (upper.equals("ANSI") || upper.startsWith("VT") || upper.startsWith("LINUX")) {
            return ColourDepth.ANSI;
        }
        return upper.equals("DUMB") ? ColourDepth.NONE : null;
    }
}
