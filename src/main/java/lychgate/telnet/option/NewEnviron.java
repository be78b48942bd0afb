package lychgate.telnet.option;

import lychgate.session.ColourDepth;
import lychgate.session.Fact;
import lychgate.telnet.ByteBuilder;
import lychgate.telnet.CharacterSets;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * NEW-ENVIRON: what the client reports about itself in variables (RFC 1572), above all those of the
 * MUD New-Environ Standard (MNES), and later changes to them.
 *
 * <p>It is requested in three ways, because no single way is answered by all clients: for
 * everything (Mudlet, telnetlib3), for every VAR (TinTin++ does not answer the first), and by name.
 * Only known names are examined; the user's name is never requested.
 */
final class NewEnviron implements TelnetOption {
    private static final byte IS = 0;
    private static final byte SEND = 1;
    private static final byte INFO = 2;
    private static final byte VAR = 0;
    private static final byte VALUE = 1;
    private static final byte ESC = 2;
    private static final byte USERVAR = 3;

    /** Requests that we send, and answers that a client may give to them. */
    private static final int QUESTIONS = 3;

    /** Variables of one message that are examined: several times what Mudlet sends. */
    private static final int MAX_VARIABLES = 128;

    /** Counts messages with more variables than that. */
    private static final String TOO_MANY = "new-environ_variables";

    /** Characters of a name or value that are kept. */
    private static final int MAX_TEXT = 128;

    /** Those of MNES except IPADDRESS, which only a proxy has. GNU telnet reads 256 bytes. */
    private static final List<String> VARS =
            List.of("CHARSET", "CLIENT_NAME", "CLIENT_VERSION", "MTTS", "TERMINAL_TYPE");

    private static final List<String> USERVARS =
            List.of("OSC_HYPERLINKS", "OSC_HYPERLINKS_SEND", "SCREEN_READER", "TRUECOLOR");

    private static final String ADDRESS = "IPADDRESS";
    private static final String SOURCE = "NEW-ENVIRON";

    private final BooleanSupplier trusted;
    private int answersLeft;

    /**
     * @param trusted whether the other end is a proxy that is trusted to report its player's
     *     address
     */
    NewEnviron(BooleanSupplier trusted) {
        this.trusted = trusted;
    }

    @Override
    public int code() {
        return Telnet.NEW_ENVIRON;
    }

    @Override
    public String name() {
        return "new-environ";
    }

    @Override
    public Stance stance() {
        return Stance.WE_ASK;
    }

    @Override
    public boolean asking() {
        return answersLeft > 0;
    }

    @Override
    public void enabled(Side side, OptionLink link) {
        answersLeft = QUESTIONS;
        link.subnegotiate(SEND);
        link.subnegotiate(SEND, VAR);
        link.subnegotiate(named());
    }

    @Override
    public void disabled(Side side, OptionLink link) {
        answersLeft = 0;
    }

    @Override
    public void received(byte[] payload, OptionLink link) {
        if (payload.length == 0 || (payload[0] != IS && payload[0] != INFO)) {
            link.malformed(name());
            return;
        }
        int known = new Reader(payload).read(link);
        if (payload[0] == IS) {
            answersLeft = known > 0 ? 0 : Math.max(0, answersLeft - 1);
        }
    }

    private byte[] named() {
        ByteBuilder names = new ByteBuilder();
        names.add(SEND);
        VARS.forEach(name -> add(VAR, name, names));
        if (trusted.getAsBoolean()) {
            add(VAR, ADDRESS, names);
        }
        USERVARS.forEach(name -> add(USERVAR, name, names));
        return names.take();
    }

    private static void add(byte type, String name, ByteBuilder names) {
        names.add(type);
        names.add(name.getBytes(StandardCharsets.US_ASCII));
    }

    /** Parses one message: type, name, and optionally VALUE and a value. */
    private final class Reader {
        private final byte[] payload;
        private int at = 1;

        Reader(byte[] payload) {
            this.payload = payload;
        }

        /** Learns from each variable; returns how many had a value. */
        int read(OptionLink link) {
            int valued = 0;
            for (int n = 0; at < payload.length && n < MAX_VARIABLES; n++) {
                byte type = payload[at++];
                if (type != VAR && type != USERVAR) {
                    link.malformed(NewEnviron.this.name());
                    return valued;
                }
                String name = text();
                String value = "";
                if (at < payload.length && payload[at] == VALUE) {
                    at++;
                    value = text();
                }
                if (!name.isEmpty() && !value.isEmpty()) {
                    valued++;
                    learn(name.toUpperCase(Locale.ROOT), value, link);
                }
            }
            if (at < payload.length) {
                link.malformed(TOO_MANY);
            }
            return valued;
        }

        /** Text up to the next type; ESC makes the byte after it literal. */
        private String text() {
            ByteBuilder text = new ByteBuilder();
            while (at < payload.length) {
                byte b = payload[at];
                if (b == VAR || b == VALUE || b == USERVAR) {
                    break;
                }
                if (b == ESC && at + 1 < payload.length) {
                    at++;
                }
                text.add(payload[at++]);
            }
            return clean(new String(text.take(), StandardCharsets.UTF_8));
        }
    }

    private void learn(String name, String value, OptionLink link) {
        switch (name) {
            case "CLIENT_NAME" -> link.learned(Fact.CLIENT, value, SOURCE);
            case "CLIENT_VERSION" -> link.learned(Fact.VERSION, value, SOURCE);
            case "TERMINAL_TYPE", "TERM" ->
                    link.learned(Fact.TERMINAL, value.toLowerCase(Locale.ROOT), SOURCE);
            case "MTTS" -> Mtts.learn("MTTS " + value, link);
            case "CHARSET" -> learnCharset(value, link);
            case "SCREEN_READER" -> link.learned(Fact.SCREENREADER, yes(value), SOURCE);
            case "TRUECOLOR" -> {
                if (yes(value)) {
                    link.learned(Fact.COLOURS, ColourDepth.TRUECOLOR, SOURCE);
                }
            }
            case "OSC_HYPERLINKS" -> link.learned(Fact.HYPERLINKS, yes(value), SOURCE);
            case "OSC_HYPERLINKS_SEND" -> link.learned(Fact.COMMAND_LINKS, yes(value), SOURCE);
            case ADDRESS -> {
                if (trusted.getAsBoolean()) {
                    link.learned(Fact.ADDRESS, value, SOURCE);
                } else {
                    link.malformed("untrusted_address");
                }
            }
            default -> {} // of no interest
        }
    }

    private void learnCharset(String value, OptionLink link) {
        Charset charset = CharacterSets.named(value);
        if (charset == null) {
            link.malformed(name());
        } else {
            link.learned(Fact.CHARSET, charset.name(), SOURCE);
        }
    }

    private static boolean yes(String value) {
        return value.equals("1") || value.equalsIgnoreCase("true") || value.equalsIgnoreCase("on");
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .filter(c -> !Character.isISOControl(c))
                .limit(MAX_TEXT)
                .forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }
}
