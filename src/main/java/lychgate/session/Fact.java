package lychgate.session;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Something that can be known about a client: the width of its window, its name. The values are in
 * {@link ClientFacts}.
 *
 * <p>Two facts are equal if their names are. A fact made by {@link #flag} means nothing to the
 * portal, but belongs to the session and must be returned unchanged.
 *
 * @param name as players and operators see it
 * @param type of the value
 * @param <T> of the value
 */
public record Fact<T>(String name, Class<T> type) {
    /** Columns of the client's window. */
    public static final Fact<Integer> WIDTH = new Fact<>("width", Integer.class);

    /** Rows of the client's window. */
    public static final Fact<Integer> HEIGHT = new Fact<>("height", Integer.class);

    /** The client program. */
    public static final Fact<String> CLIENT = new Fact<>("client", String.class);

    /** The version of the client program. */
    public static final Fact<String> VERSION = new Fact<>("version", String.class);

    /** The type of the terminal, or of the one that the client emulates. */
    public static final Fact<String> TERMINAL = new Fact<>("terminal", String.class);

    /** The character set of the connection, by its IANA name. */
    public static final Fact<String> CHARSET = new Fact<>("charset", String.class);

    /** How many colours it shows. */
    public static final Fact<ColourDepth> COLOURS = new Fact<>("colours", ColourDepth.class);

    /** The player uses a screen reader. */
    public static final Fact<Boolean> SCREENREADER = new Fact<>("screenreader", Boolean.class);

    /** It can show UTF-8. */
    public static final Fact<Boolean> UTF8 = new Fact<>("utf-8", Boolean.class);

    /** It supports the cursor movements of a VT100. */
    public static final Fact<Boolean> VT100 = new Fact<>("vt100", Boolean.class);

    /** It reports the mouse. */
    public static final Fact<Boolean> MOUSE = new Fact<>("mouse", Boolean.class);

    /** Its palette can be changed by OSC sequences. */
    public static final Fact<Boolean> PALETTE = new Fact<>("palette", Boolean.class);

    /** It is a proxy for other clients. */
    public static final Fact<Boolean> PROXY = new Fact<>("proxy", Boolean.class);

    /** It describes itself by the MUD New-Environ Standard. */
    public static final Fact<Boolean> MNES = new Fact<>("mnes", Boolean.class);

    /** It supports links of the MUD Server Link Protocol. */
    public static final Fact<Boolean> MSLP = new Fact<>("mslp", Boolean.class);

    /** It completes the first word of a line from the list that it is sent as {@code commands}. */
    public static final Fact<Boolean> COMPLETION = new Fact<>("completion", Boolean.class);

    /**
     * Its lines are wrapped between words here, because it breaks them anywhere. Clients of MUDs
     * and browsers wrap by themselves.
     */
    public static final Fact<Boolean> WRAP = new Fact<>("wrap", Boolean.class);

    /** The connection is encrypted. */
    public static final Fact<Boolean> TLS = new Fact<>("tls", Boolean.class);

    /** The game wants text sent as it is written, without interpreting markup. */
    public static final Fact<Boolean> RAW = new Fact<>("raw", Boolean.class);

    /** The player wants no colour. */
    public static final Fact<Boolean> NOCOLOR = new Fact<>("nocolor", Boolean.class);

    /** What the player types is sent back to them as text. */
    public static final Fact<Boolean> LOCALECHO = new Fact<>("localecho", Boolean.class);

    /** Unknown inputcommands are answered with a message. */
    public static final Fact<Boolean> INPUTDEBUG = new Fact<>("inputdebug", Boolean.class);

    /** The client takes out-of-band commands by GMCP. */
    public static final Fact<Boolean> GMCP = new Fact<>("gmcp", Boolean.class);

    /** The packages of GMCP that it wants, with their versions. */
    public static final Fact<String> PACKAGES = new Fact<>("packages", String.class);

    /** The client takes out-of-band commands by MSDP. */
    public static final Fact<Boolean> MSDP = new Fact<>("msdp", Boolean.class);

    /** The client takes out-of-band commands as they are, without a notation such as GMCP. */
    public static final Fact<Boolean> OOB = new Fact<>("oob", Boolean.class);

    /** What is sent to it is compressed. */
    public static final Fact<Boolean> MCCP2 = new Fact<>("mccp2", Boolean.class);

    /** What it sends is compressed. */
    public static final Fact<Boolean> MCCP3 = new Fact<>("mccp3", Boolean.class);

    /** Prompts are marked by telnet's EOR. */
    public static final Fact<Boolean> EOR = new Fact<>("eor", Boolean.class);

    /** It shows links of MXP. */
    public static final Fact<Boolean> MXP = new Fact<>("mxp", Boolean.class);

    /** It shows links to addresses (OSC 8). */
    public static final Fact<Boolean> HYPERLINKS = new Fact<>("hyperlinks", Boolean.class);

    /** It shows links that send a command (OSC 8, {@code send:}). */
    public static final Fact<Boolean> COMMAND_LINKS = new Fact<>("command-links", Boolean.class);

    /**
     * It supports the 256 colours of xterm. Set only if that does not follow from {@link #COLOURS}.
     */
    public static final Fact<Boolean> XTERM256 = new Fact<>("xterm256", Boolean.class);

    /** Whether lines end without a go-ahead; set only by the game or the player. */
    public static final Fact<Boolean> NOGOAHEAD = new Fact<>("nogoahead", Boolean.class);

    /** Whether prompts end without a mark; set only by the game or the player. */
    public static final Fact<Boolean> NOPROMPTGOAHEAD =
            new Fact<>("nopromptgoahead", Boolean.class);

    /** Whether an idle client is kept alive with NOP; set only by the game or the player. */
    public static final Fact<Boolean> NOPKEEPALIVE = new Fact<>("nopkeepalive", Boolean.class);

    /** Whether a text without a line end gets one; set only by the game or the player. */
    public static final Fact<Boolean> FORCEDENDLINE = new Fact<>("forcedendline", Boolean.class);

    /** Whether the client's window determines the width; set only by the game or the player. */
    public static final Fact<Boolean> AUTORESIZE = new Fact<>("autoresize", Boolean.class);

    /** It edits lines itself and sends whole ones. */
    public static final Fact<Boolean> LINEMODE = new Fact<>("linemode", Boolean.class);

    /** The player's address, as reported by a trusted proxy. */
    public static final Fact<String> ADDRESS = new Fact<>("address", String.class);

    /** The round trip time, in milliseconds. */
    public static final Fact<Integer> ROUND_TRIP = new Fact<>("round-trip-ms", Integer.class);

    /** What it answered to telnet's TTYPE, verbatim. */
    public static final Fact<TerminalNames> TERMINAL_NAMES =
            new Fact<>("terminal-names", TerminalNames.class);

    /** Whether it reports the size of its window by telnet's NAWS; unknown until it answers. */
    public static final Fact<Boolean> NAWS = new Fact<>("naws", Boolean.class);

    /** Whether telnet's go-ahead is suppressed by agreement. */
    public static final Fact<Boolean> SGA = new Fact<>("sga", Boolean.class);

    /** Facts about the negotiation, from which others follow; never shown. */
    private static final List<Fact<?>> UNSHOWN = List.of(TERMINAL_NAMES, NAWS, SGA);

    /** All facts that mean something to the portal, in the order in which they are shown. */
    public static final List<Fact<?>> ALL =
            List.of(
                    WIDTH,
                    HEIGHT,
                    CLIENT,
                    VERSION,
                    TERMINAL,
                    CHARSET,
                    COLOURS,
                    SCREENREADER,
                    UTF8,
                    VT100,
                    MOUSE,
                    PALETTE,
                    PROXY,
                    MNES,
                    MSLP,
                    COMPLETION,
                    WRAP,
                    TLS,
                    RAW,
                    NOCOLOR,
                    LOCALECHO,
                    INPUTDEBUG,
                    GMCP,
                    PACKAGES,
                    MSDP,
                    OOB,
                    MCCP2,
                    MCCP3,
                    EOR,
                    MXP,
                    HYPERLINKS,
                    COMMAND_LINKS,
                    XTERM256,
                    NOGOAHEAD,
                    NOPROMPTGOAHEAD,
                    NOPKEEPALIVE,
                    FORCEDENDLINE,
                    AUTORESIZE,
                    LINEMODE,
                    ADDRESS,
                    ROUND_TRIP);

    /** Whether it is of interest to players and operators. */
    public boolean shown() {
        return !UNSHOWN.contains(this);
    }

    /** A flag of that name, which only the game may interpret. */
    public static Fact<Object> flag(String name) {
        return new Fact<>(name, Object.class);
    }

    /** The fact of that name in {@link #ALL}, ignoring case; null if there is none. */
    public static @Nullable Fact<?> named(String name) {
        for (Fact<?> fact : ALL) {
            if (fact.name.equalsIgnoreCase(name)) {
                return fact;
            }
        }
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fact<?> fact && fact.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
