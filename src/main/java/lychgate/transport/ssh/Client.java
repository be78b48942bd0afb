package lychgate.transport.ssh;

import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.Fact;
import lychgate.terminal.TerminalType;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an SSH client reports about itself and its terminal.
 *
 * @param terminal whether it has a terminal (pty)
 * @param editing whether lines can be edited on the terminal
 * @param columns width of its window
 * @param rows height of its window
 * @param charset its character set
 * @param facts all of this, for the game
 */
record Client(
        boolean terminal,
        boolean editing,
        int columns,
        int rows,
        Charset charset,
        ClientFacts facts) {
    /** The source of facts from the pty request. */
    static final String PTY = "pty";

    /** The source of facts from the protocol itself. */
    static final String SSH = "SSH";

    private static final String TERM = "TERM";
    private static final String COLORTERM = "COLORTERM";
    private static final int DEFAULT_COLUMNS = 80;
    private static final int DEFAULT_ROWS = 24;

    /** Maximum window size passed on, the same as telnet's, which has two bytes. */
    private static final int MAX_SIZE = 65_535;

    /** Maximum length of a program's name or version. */
    private static final int MAX_NAME = 40;

    /** {@code SSH-2.0-OpenSSH_9.2p1 Debian-2}: the program, its version, a comment (RFC 4253). */
    private static final Pattern VERSION_LINE =
            Pattern.compile("SSH-[0-9.]+-([!-~]+?)(?:_Release)?(?:[_-]([0-9][!-~]*))?(?: .*)?");

    /** What is known of the client of a channel on which a shell is requested. */
    static Client of(ShellChannel channel) {
        ShellChannel.Pty pty = channel.pty();
        Map<String, String> variables = channel.variables();
        ClientFacts facts =
                program(ClientFacts.NONE, channel.getSession().getClientVersion())
                        .with(Fact.TLS, true, SSH);
        Charset charset = charset(variables);
        if (pty == null) {
            return new Client(
                    false,
                    false,
                    DEFAULT_COLUMNS,
                    DEFAULT_ROWS,
                    charset,
                    facts.with(Fact.COLOURS, ColourDepth.NONE, SSH)
                            .with(Fact.CHARSET, charset.name(), SSH));
        }
        String colorTerm = variables.get(COLORTERM);
        TerminalType type = TerminalType.of(pty.term(), colorTerm);
        int columns = columns(pty.columns());
        int rows = rows(pty.rows());
        boolean said = colorTerm != null && type.colours() == ColourDepth.TRUECOLOR;
        facts =
                facts.with(Fact.WIDTH, columns, PTY)
                        .with(Fact.HEIGHT, rows, PTY)
                        .with(Fact.TERMINAL, type.name(), TERM)
                        .with(Fact.COLOURS, type.colours(), said ? COLORTERM : TERM)
                        .with(Fact.CHARSET, charset.name(), localeSource(variables))
                        .with(Fact.UTF8, charset.equals(StandardCharsets.UTF_8), SSH)
                        .with(Fact.WRAP, true, PTY);
        if (type.cursor()) {
            facts = facts.with(Fact.VT100, true, TERM).with(Fact.COMPLETION, true, SSH);
        }
        if (type.hyperlinks()) {
            facts = facts.with(Fact.HYPERLINKS, true, TERM);
        }
        return new Client(true, type.cursor(), columns, rows, charset, facts);
    }

    /** The columns within sensible bounds; 0 means unknown. */
    static int columns(int said) {
        return said > 0 ? Math.min(said, MAX_SIZE) : DEFAULT_COLUMNS;
    }

    /** The rows within sensible bounds; 0 means unknown. */
    static int rows(int said) {
        return said > 0 ? Math.min(said, MAX_SIZE) : DEFAULT_ROWS;
    }

    private static ClientFacts program(ClientFacts facts, @Nullable String versionLine) {
        Matcher line = VERSION_LINE.matcher(versionLine == null ? "" : versionLine);
        if (!line.matches()) {
            return facts;
        }
        ClientFacts named = facts.with(Fact.CLIENT, cut(line.group(1)), SSH);
        String version = line.group(2);
        return version == null ? named : named.with(Fact.VERSION, cut(version), SSH);
    }

    private static String cut(String text) {
        return text.length() > MAX_NAME ? text.substring(0, MAX_NAME) : text;
    }

    /** The character set of the locale, {@code de_DE.ISO-8859-15@euro}; UTF-8 if it has none. */
    private static Charset charset(Map<String, String> variables) {
        String locale = locale(variables);
        int dot = locale.indexOf('.');
        String name = dot < 0 ? "" : locale.substring(dot + 1).replaceAll("@.*", "");
        try {
            return name.isEmpty() ? StandardCharsets.UTF_8 : known(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** The character set, if it is a superset of ASCII and can encode; otherwise UTF-8. */
    private static Charset known(Charset charset) {
        return charset.canEncode() && "~Az".equals(new String(new byte[] {'~', 'A', 'z'}, charset))
                ? charset
                : StandardCharsets.UTF_8;
    }

    /** The locale: the first variable that is set (POSIX). */
    private static String locale(Map<String, String> variables) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = variables.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    private static String localeSource(Map<String, String> variables) {
        return locale(variables).contains(".") ? "LANG" : SSH;
    }
}
