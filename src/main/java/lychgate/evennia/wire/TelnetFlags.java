package lychgate.evennia.wire;

import lychgate.session.ClientFacts;
import lychgate.session.Fact;
import lychgate.session.TerminalNames;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The flags that Evennia's own Portal (5.0.1) would report for a telnet client that negotiated as
 * this one did; games depend on them to the letter. How text is shown to the client depends on what
 * is known of it, not on these.
 */
final class TelnetFlags {
    /** The bits of MTTS. Only those that are set are told. */
    private static final Map<Integer, String> MTTS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry(1, "ANSI"),
                            Map.entry(2, "VT100"),
                            Map.entry(4, "UTF-8"),
                            Map.entry(8, "XTERM256"),
                            Map.entry(16, "MOUSE_TRACKING"),
                            Map.entry(32, "OSC_COLOR_PALETTE"),
                            Map.entry(64, "SCREENREADER"),
                            Map.entry(128, "PROXY"),
                            Map.entry(256, "TRUECOLOR"),
                            Map.entry(512, "MNES"),
                            Map.entry(1024, "MSLP"),
                            Map.entry(2048, "SSL")));

    /** Programs of which Evennia knows that they show 256 colours. */
    private static final Set<String> XTERM256 =
            Set.of(
                    "ATLANTIS",
                    "BEIP",
                    "CMUD",
                    "KILDCLIENT",
                    "MUDLET",
                    "MUSHCLIENT",
                    "POTATO",
                    "PUTTY",
                    "TINYFUGUE");

    private static final Set<String> TRUECOLOR = Set.of("AXMUD", "TINTIN");

    /**
     * Programs that agree to SGA, or are silent, where it is offered. Evennia offers it; here it is
     * for the client to ask, so that this has to be known.
     */
    private static final Set<String> SUPPRESS_GA = Set.of("KILDCLIENT", "MUSHCLIENT", "TINTIN++");

    private static final String MUDLET = "MUDLET";

    /** Oldest Mudlet with 256 colours, compared as a text. */
    private static final String MUDLET_XTERM256 = "1.1";

    private TelnetFlags() {}

    /** Adds the flags of a telnet client. */
    static void put(ClientFacts facts, Map<String, @Nullable Object> flags) {
        TerminalNames terminal = facts.get(Fact.TERMINAL_NAMES);
        String program = name(terminal, 0);
        putGoAheads(facts, terminal, flags);
        flags.put("FORCEDENDLINE", true);
        flags.put("NOPKEEPALIVE", true);
        flags.put("MXP", false);
        flags.put("ANSI", true);
        flags.put("TTYPE", name(terminal, 2) != null);
        Boolean naws = facts.get(Fact.NAWS);
        if (naws != null) {
            flags.put("AUTORESIZE", naws);
        }
        if (program != null) {
            putProgram(program.toUpperCase(Locale.ROOT), flags);
        }
        String term = name(terminal, 1);
        if (term != null) {
            flags.put("TERM", term);
            String upper = term.toUpperCase(Locale.ROOT);
            if (upper.endsWith("-256COLOR") || upper.endsWith("XTERM")) {
                flags.put("XTERM256", true);
            }
        }
        String third = name(terminal, 2);
        if (third != null && third.startsWith("MTTS")) {
            putMtts(third.substring("MTTS".length()).strip(), flags);
        }
    }

    /** An answer to TTYPE. A client that has no more to say says the last one again. */
    private static @Nullable String name(@Nullable TerminalNames terminal, int place) {
        if (terminal == null || terminal.names().isEmpty()) {
            return null;
        }
        if (place < terminal.names().size()) {
            return terminal.names().get(place);
        }
        return terminal.whole() ? terminal.names().getLast() : null;
    }

    private static void putProgram(String program, Map<String, @Nullable Object> flags) {
        boolean mudlet =
                program.startsWith(MUDLET)
                        && program.substring(MUDLET.length()).strip().compareTo(MUDLET_XTERM256)
                                >= 0;
        boolean xterm = program.startsWith("XTERM") || program.endsWith("-256COLOR");
        flags.put("CLIENTNAME", program);
        flags.put("XTERM256", mudlet || xterm || XTERM256.contains(program));
        flags.put("TRUECOLOR", program.endsWith("-TRUECOLOR") || TRUECOLOR.contains(program));
    }

    private static void putMtts(String digits, Map<String, @Nullable Object> flags) {
        if (digits.matches("[0-9]{1,9}")) {
            int bits = Integer.parseInt(digits);
            MTTS.forEach(
                    (bit, flag) -> {
                        if ((bits & bit) != 0) {
                            flags.put(flag, true);
                        }
                    });
        }
    }

    /** Of Mudlet, Evennia knows that it wants them behind prompts, and nowhere else. */
    private static void putGoAheads(
            ClientFacts facts,
            @Nullable TerminalNames terminal,
            Map<String, @Nullable Object> flags) {
        String program = name(terminal, 0);
        boolean suppressed = suppressed(facts, terminal);
        boolean mudlet = program != null && program.toUpperCase(Locale.ROOT).startsWith(MUDLET);
        flags.put("NOGOAHEAD", suppressed || mudlet);
        flags.put("NOPROMPTGOAHEAD", suppressed || !mudlet);
    }

    private static boolean suppressed(ClientFacts facts, @Nullable TerminalNames terminal) {
        Boolean agreed = facts.get(Fact.SGA);
        if (agreed != null) {
            return agreed;
        }
        String program = name(terminal, 0);
        if (program == null) {
            return facts.get(Fact.NAWS) == null; // one that is silent refuses nothing
        }
        boolean plainTelnet = program.equals(name(terminal, 1)) && facts.is(Fact.LINEMODE);
        return plainTelnet || SUPPRESS_GA.contains(program.toUpperCase(Locale.ROOT));
    }
}
