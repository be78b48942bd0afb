package lychgate.admin.trace;

import lychgate.session.Trace.Event;
import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetNames;
import lychgate.text.OneLine;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An event in words, on one line: {@code < IAC DO TTYPE}, {@code > "Welcome\r\n"}. Everything that
 * a terminal would act upon is shown as an escape: clients choose what stands here.
 */
final class TraceText {
    private static final int MSDP_CONTROLS = 6;
    private static final String[] MSDP = {
        "VAR", "VAL", "TABLE_OPEN", "TABLE_CLOSE", "ARRAY_OPEN", "ARRAY_CLOSE"
    };

    /** RFC 1572, and what other options call IS and SEND. */
    private static final String[] SUBCOMMANDS = {"IS", "SEND", "INFO"};

    private TraceText() {}

    /** What happened, without its time. */
    static String of(Event event) {
        String more = event.left() == 0 ? "" : " … " + event.left() + " bytes more";
        return (event.fromClient() ? "< " : "> ") + words(event) + more;
    }

    private static String words(Event event) {
        byte[] payload = event.payload();
        return switch (event.kind()) {
            case NOTE -> "(" + escaped(payload) + ")";
            case DATA -> "\"" + escaped(payload) + "\"";
            case MESSAGE -> escaped(payload);
            case COMMAND -> "IAC " + TelnetNames.command(payload[0] & 0xff);
            case NEGOTIATION ->
                    "IAC "
                            + TelnetNames.command(payload[0] & 0xff)
                            + " "
                            + TelnetNames.option(payload[1] & 0xff);
            case SUBNEGOTIATION -> subnegotiation(payload);
        };
    }

    private static String subnegotiation(byte[] payload) {
        int option = payload[0] & 0xff;
        byte[] behind = Arrays.copyOfRange(payload, 1, payload.length);
        String words =
                switch (option) {
                    case Telnet.NAWS -> size(behind);
                    case Telnet.MSDP, Telnet.MSSP -> variables(behind);
                    case Telnet.TTYPE, Telnet.NEW_ENVIRON, Telnet.STATUS -> named(behind);
                    default -> escaped(behind);
                };
        return ("SB " + TelnetNames.option(option) + " " + words).strip();
    }

    private static String size(byte[] bytes) {
        return bytes.length == 4 ? word(bytes, 0) + "x" + word(bytes, 2) : escaped(bytes);
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private static String named(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] < 0 || bytes[0] >= SUBCOMMANDS.length) {
            return escaped(bytes);
        }
        return SUBCOMMANDS[bytes[0]] + " " + escaped(Arrays.copyOfRange(bytes, 1, bytes.length));
    }

    private static String variables(byte[] bytes) {
        StringBuilder words = new StringBuilder();
        int from = 0;
        for (int at = 0; at <= bytes.length; at++) {
            boolean control = at < bytes.length && bytes[at] > 0 && bytes[at] <= MSDP_CONTROLS;
            if (control || at == bytes.length) {
                if (at > from) {
                    words.append(escaped(Arrays.copyOfRange(bytes, from, at))).append(' ');
                }
                if (control) {
                    words.append(MSDP[bytes[at] - 1]).append(' ');
                }
                from = at + 1;
            }
        }
        return words.toString().strip();
    }

    /** Bytes as UTF-8; what is none, and what does not print, as escapes. */
    static String escaped(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        while (in.hasRemaining()) {
            CoderResult result = decoder.decode(in, out, true);
            out.flip().codePoints().forEach(c -> append(c, text));
            out.clear();
            if (result.isError()) {
                for (int i = 0; i < result.length(); i++) {
                    text.append("\\x").append(HexFormat.of().toHexDigits(in.get()));
                }
            }
            decoder.reset();
        }
        return text.toString();
    }

    private static void append(int c, StringBuilder text) {
        switch (c) {
            case '\r' -> text.append("\\r");
            case '\n' -> text.append("\\n");
            case '\t' -> text.append("\\t");
            case 0x1b -> text.append("\\e");
            case '\\' -> text.append("\\\\");
            default -> {
                if (isPrintable(c)) {
                    text.appendCodePoint(c);
                } else if (c < 0x100) {
                    text.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
                } else {
                    text.append("\\u{").append(Integer.toHexString(c)).append('}');
                }
            }
        }
    }

    /** What only some fonts have could be anything. */
    private static boolean isPrintable(int c) {
        return OneLine.isRead(c)
                && Character.isDefined(c)
                && Character.getType(c) != Character.PRIVATE_USE;
    }
}
