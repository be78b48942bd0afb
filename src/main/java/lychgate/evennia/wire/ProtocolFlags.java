package lychgate.evennia.wire;

import lychgate.session.CharacterSetNames;
import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.Fact;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What is known of a client, as Evennia's {@code protocol_flags}. For a telnet client these are the
 * flags that Evennia's own Portal would report ({@link TelnetFlags}).
 *
 * <p>Flags that the Server sets are kept as they are, and obeyed where they mean something here.
 */
public final class ProtocolFlags {
    /** The source of facts that the Server has set. */
    private static final String SOURCE = "game";

    /** The window of a terminal: Evennia keeps a size for each of several. */
    private static final long FIRST_WINDOW = 0;

    private static final String ENCODING = "ENCODING";
    private static final String NOGOAHEAD = "NOGOAHEAD";
    private static final String NOPROMPTGOAHEAD = "NOPROMPTGOAHEAD";

    /** The flags of colours: they are decided on together. */
    private static final List<String> COLOURS = List.of("ANSI", "XTERM256", "TRUECOLOR");

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

    /** Flags that are facts, and nothing else. */
    private static final List<Switch> WHERE_SET =
            List.of(
                    new Switch(NOGOAHEAD, Fact.NOGOAHEAD),
                    new Switch(NOPROMPTGOAHEAD, Fact.NOPROMPTGOAHEAD),
                    new Switch("NOPKEEPALIVE", Fact.NOPKEEPALIVE),
                    new Switch("FORCEDENDLINE", Fact.FORCEDENDLINE),
                    new Switch("AUTORESIZE", Fact.AUTORESIZE),
                    new Switch("MXP", Fact.MXP));

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

    /** Protocols whose clients we have named as Evennia does. */
    private static final Set<String> NAMED = Set.of("websocket", "ajax");

    private ProtocolFlags() {}

    /**
     * The facts as flags.
     *
     * @param protocol what is spoken with the client
     */
    static Map<String, @Nullable Object> of(String protocol, ClientFacts facts) {
        Map<String, @Nullable Object> flags = new LinkedHashMap<>();
        flags.put(ENCODING, encoding(facts));
        ALWAYS.forEach(flag -> flags.put(flag.flag, facts.is(flag.fact)));
        if (protocol.startsWith("telnet")) {
            TelnetFlags.put(facts, flags);
        } else {
            putKnown(protocol, facts, flags);
        }
        flags.put("SCREENWIDTH", Map.of(FIRST_WINDOW, (long) facts.width()));
        flags.put("SCREENHEIGHT", Map.of(FIRST_WINDOW, (long) facts.height()));
        flags.put("OOB", facts.is(Fact.GMCP) || facts.is(Fact.MSDP) || facts.is(Fact.OOB));
        flags.put("MCCP", facts.is(Fact.MCCP2));
        WHERE_SET.forEach(flag -> putWhereKnown(flag, facts, flags));
        for (ClientFacts.Known<?> known : facts.all()) {
            if (!Fact.ALL.contains(known.fact())) {
                flags.put(known.fact().name(), known.value());
            }
        }
        return flags;
    }

    private static void putKnown(
            String protocol, ClientFacts facts, Map<String, @Nullable Object> flags) {
        boolean xterm256 = facts.colours().covers(ColourDepth.XTERM256);
        flags.put("ANSI", facts.colours().covers(ColourDepth.ANSI));
        flags.put("XTERM256", xterm256 && facts.get(Fact.XTERM256, true));
        flags.put("TRUECOLOR", facts.colours().covers(ColourDepth.TRUECOLOR));
        String terminal = facts.get(Fact.TERMINAL);
        flags.put("TTYPE", terminal != null);
        if (terminal != null) {
            flags.put("TERM", terminal);
        }
        String client = facts.get(Fact.CLIENT);
        if (client != null) {
            boolean named = NAMED.contains(protocol);
            flags.put("CLIENTNAME", named ? client : client.toUpperCase(Locale.ROOT));
        }
        WHERE_KNOWN.forEach(flag -> putWhereKnown(flag, facts, flags));
    }

    private static void putWhereKnown(
            Switch flag, ClientFacts facts, Map<String, @Nullable Object> flags) {
        Boolean on = facts.get(flag.fact);
        if (on != null) {
            flags.put(flag.flag, on);
        }
    }

    /** A name that the Server has set keeps its spelling. */
    private static String encoding(ClientFacts facts) {
        String charset = facts.get(Fact.CHARSET, "utf-8");
        return SOURCE.equals(facts.source(Fact.CHARSET))
                ? charset
                : charset.toLowerCase(Locale.ROOT);
    }

    /** The facts, after the Server has set flags. */
    static ClientFacts merged(String protocol, ClientFacts facts, Map<?, ?> flags) {
        Map<String, @Nullable Object> before = of(protocol, facts);
        ClientFacts merged = facts;
        boolean coloured = false;
        for (Map.Entry<?, ?> flag : flags.entrySet()) {
            if (flag.getKey() instanceof String name
                    && !Objects.equals(before.get(name), flag.getValue())) {
                merged = with(merged, name, flag.getValue());
                coloured |= COLOURS.contains(name);
            }
        }
        if (flags.get(NOGOAHEAD) != null
                && merged.get(Fact.NOGOAHEAD) != null
                && merged.get(Fact.NOPROMPTGOAHEAD) == null
                && before.get(NOPROMPTGOAHEAD) instanceof Boolean prompts) {
            merged = merged.with(Fact.NOPROMPTGOAHEAD, prompts, SOURCE); // as the game knows it
        }
        return coloured ? withColours(merged, of(protocol, merged)) : merged;
    }

    /** The name of a character set that is not known here, if the flags have one. */
    public static @Nullable String unknownEncoding(Map<?, ?> flags) {
        return flags.get(ENCODING) instanceof String name && CharacterSetNames.named(name) == null
                ? name
                : null;
    }

    private static ClientFacts with(ClientFacts facts, String name, @Nullable Object value) {
        for (List<Switch> switches : List.of(ALWAYS, WHERE_SET)) {
            for (Switch flag : switches) {
                if (flag.flag.equals(name)) {
                    return facts.with(flag.fact, truth(value), SOURCE);
                }
            }
        }
        for (Size flag : SIZES) {
            if (flag.flag.equals(name)) {
                Integer size = size(value);
                return size == null ? facts : facts.with(flag.fact, size, SOURCE);
            }
        }
        if (name.equals(ENCODING)) {
            return value instanceof String charset && CharacterSetNames.named(charset) != null
                    ? facts.with(Fact.CHARSET, charset, SOURCE)
                    : facts;
        }
        ClientFacts known = facts;
        for (Switch flag : WHERE_KNOWN) {
            if (flag.flag.equals(name)) {
                known = known.with(flag.fact, truth(value), SOURCE);
            }
        }
        for (Words flag : WORDS) {
            if (flag.flag.equals(name) && value instanceof String words) {
                known = known.with(flag.fact, words, SOURCE);
            }
        }
        return value == null
                ? known.without(Fact.flag(name))
                : known.with(Fact.flag(name), value, SOURCE);
    }

    /**
     * Three flags decide on the colours, each by itself, as in Evennia's Portal: the sixteen are
     * shown where either of the first two is on. Of those that the Server has never heard of, what
     * was shown before is shown.
     */
    private static ClientFacts withColours(ClientFacts facts, Map<String, @Nullable Object> flags) {
        ColourDepth before = facts.colours();
        boolean ansi = truth(flags.get("ANSI"));
        boolean xterm256 =
                truth(flags.getOrDefault("XTERM256", ansi && before.covers(ColourDepth.XTERM256)));
        boolean truecolor =
                truth(
                        flags.getOrDefault(
                                "TRUECOLOR", ansi && before.covers(ColourDepth.TRUECOLOR)));
        ColourDepth depth =
                !ansi && !xterm256
                        ? ColourDepth.NONE
                        : truecolor
                                ? ColourDepth.TRUECOLOR
                                : xterm256 ? ColourDepth.XTERM256 : ColourDepth.ANSI;
        ClientFacts merged = facts.with(Fact.COLOURS, depth, SOURCE);
        return depth == ColourDepth.TRUECOLOR && !xterm256
                ? merged.with(Fact.XTERM256, false, SOURCE)
                : merged.without(Fact.XTERM256);
    }

    /** What Python takes for true. */
    private static boolean truth(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean on -> on;
            case Long n -> n != 0;
            case String words -> !words.isEmpty();
            default -> true;
        };
    }

    private static @Nullable Integer size(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> windows -> size(windows.get(FIRST_WINDOW));
            case Long n when n > 0 && n <= Short.MAX_VALUE -> n.intValue();
            case null, default -> null;
        };
    }
}
