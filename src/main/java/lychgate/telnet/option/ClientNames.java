package lychgate.telnet.option;

import lychgate.session.ColourDepth;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Set;

/** What the names of client programs say about colours, where nothing says it better. */
final class ClientNames {
    private static final Set<String> XTERM256 =
            Set.of(
                    "ATLANTIS",
                    "BEIP",
                    "CMUD",
                    "KBTIN",
                    "KILDCLIENT",
                    "MUDLET",
                    "MUSHCLIENT",
                    "POTATO",
                    "TINYFUGUE");
    private static final Set<String> TRUECOLOR = Set.of("AXMUD", "TINTIN++");

    private ClientNames() {}

    /** The colours that a client of that name shows; null where the name does not tell. */
    static @Nullable ColourDepth coloursOf(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (TRUECOLOR.contains(upper)) {
            return ColourDepth.TRUECOLOR;
        }
        return XTERM256.contains(upper) ? ColourDepth.XTERM256 : null;
    }
}
