package lychgate.link.amp;

import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.Fact;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What is known of a client, as Evennia's {@code protocol_flags}. */
final class ProtocolFlags {
    /** Who says what the Server says. */
    private static final String SOURCE = "game";

    /** The window of a terminal: Evennia keeps a size for each of several. */
    private static final long FIRST_WINDOW = 0;

    /** A flag that says yes or no. */
    private record Switch(String flag, Fact<Boolean> fact) {}

    /** A flag that is a text. */
    private record Words(String flag, Fact<String> fact) {}

    /** A flag that is a size of a window. */
    private record Size(String flag, Fact<Integer> fact) {}

    /** Flags that every session has. */
    private static final List<Switch> ALWAYS =
            List.of(
                    new Switch("SCREENREADER", Fact.SCREENREADER),
                    new Switch("INPUTDEBUG", Fact.INPUTDEBUG),
                    new Switch("RAW", Fact.RAW),
                    new Switch("NOCOLOR", Fact.NOCOLOR),
                    new Switch("LOCALECHO", Fact.LOCALECHO));

    private static final List<Switch> WHERE_KNOWN =
            List.of(
                    new Switch("UTF-8", Fact.UTF8),
                    new Switch("VT100", Fact.VT100),
                    new Switch("MOUSE_TRACKING", Fact.MOUSE),
                    new Switch("OSC_COLOR_PALETTE", Fact.PALETTE),
                    new Switch("PROXY", Fact.PROXY),
                    new Switch("MNES", Fact.MNES),
                    new Switch("MSLP", Fact.MSLP),
                    new Switch("SSL", Fact.TLS));

    private static final List<Words> WORDS =
            List.of(new Words("CLIENTNAME", Fact.CLIENT), new Words("TERM", Fact.TERMINAL));

    private static final List<Size> SIZES =
            List.of(new Size("SCREENWIDTH", Fact.WIDTH), new Size("SCREENHEIGHT", Fact.HEIGHT));

    private ProtocolFlags() {}

    /** The facts as flags. */
    static Map<String, @Nullable Object> of(ClientFacts facts) {
        Map<String, @Nullable Object> flags = new LinkedHashMap<>();
        flags.put("ENCODING", facts.get(Fact.CHARSET, "utf-8").toLowerCase(Locale.ROOT));
        ALWAYS.forEach(flag -> flags.put(flag.flag, facts.is(flag.fact)));
        flags.put("ANSI", facts.colours().covers(ColourDepth.ANSI));
        flags.put("XTERM256", facts.colours().covers(ColourDepth.XTERM256));
        flags.put("TRUECOLOR", facts.colours().covers(ColourDepth.TRUECOLOR));
        flags.put("SCREENWIDTH", Map.of(FIRST_WINDOW, (long) facts.width()));
        flags.put("SCREENHEIGHT", Map.of(FIRST_WINDOW, (long) facts.height()));
        flags.put("TTYPE", facts.get(Fact.TERMINAL) != null);
        flags.put("OOB", facts.is(Fact.GMCP) || facts.is(Fact.MSDP));
        flags.put("MCCP", facts.is(Fact.MCCP2));
        for (Words flag : WORDS) {
            String words = facts.get(flag.fact);
            if (words != null) {
                flags.put(flag.flag, words);
            }
        }
        for (Switch flag : WHERE_KNOWN) {
            Boolean on = facts.get(flag.fact);
            if (on != null) {
                flags.put(flag.flag, on);
            }
        }
        for (ClientFacts.Known<?> known : facts.all()) {
            if (!Fact.ALL.contains(known.fact())) {
                flags.put(known.fact().name(), known.value());
            }
        }
        return flags;
    }

    /** The facts, after the Server has set flags. */
    static ClientFacts merged(ClientFacts facts, Map<?, ?> flags) {
        Map<String, @Nullable Object> before = of(facts);
        ClientFacts merged = withColours(facts, flags);
        for (Map.Entry<?, ?> flag : flags.entrySet()) {
            if (flag.getKey() instanceof String name
                    && !Objects.equals(before.get(name), flag.getValue())) {
                merged = with(merged, name, flag.getValue());
            }
        }
        return merged;
    }

    private static ClientFacts with(ClientFacts facts, String name, @Nullable Object value) {
        for (List<Switch> switches : List.of(ALWAYS, WHERE_KNOWN)) {
            for (Switch flag : switches) {
                if (flag.flag.equals(name)) {
                    return value instanceof Boolean on ? facts.with(flag.fact, on, SOURCE) : facts;
                }
            }
        }
        for (Words flag : WORDS) {
            if (flag.flag.equals(name)) {
                return value instanceof String words ? facts.with(flag.fact, words, SOURCE) : facts;
            }
        }
        for (Size flag : SIZES) {
            if (flag.flag.equals(name)) {
                Integer size = size(value);
                return size == null ? facts : facts.with(flag.fact, size, SOURCE);
            }
        }
        return switch (name) {
            case "ENCODING" ->
                    value instanceof String charset
                            ? facts.with(Fact.CHARSET, charset, SOURCE)
                            : facts;
            case "ANSI", "XTERM256", "TRUECOLOR", "TTYPE", "OOB" ->
                    facts; // they follow from others
            default ->
                    value == null
                            ? facts.without(Fact.flag(name))
                            : facts.with(Fact.flag(name), value, SOURCE);
        };
    }

    /** Three flags are one fact. */
    private static ClientFacts withColours(ClientFacts facts, Map<?, ?> flags) {
        ColourDepth depth = ColourDepth.NONE;
        for (ColourDepth each :
                List.of(ColourDepth.ANSI, ColourDepth.XTERM256, ColourDepth.TRUECOLOR)) {
            String name = each.name();
            if (flags.get(name) instanceof Boolean on ? on : facts.colours().covers(each)) {
                depth = each;
            }
        }
        return depth == facts.colours() ? facts : facts.with(Fact.COLOURS, depth, SOURCE);
    }

    private static @Nullable Integer size(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> windows -> size(windows.get(FIRST_WINDOW));
            case Long n when n > 0 && n <= Short.MAX_VALUE -> n.intValue();
            case null, default -> null;
        };
    }
}
