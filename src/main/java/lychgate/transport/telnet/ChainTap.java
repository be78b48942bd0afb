package lychgate.transport.telnet;

import lychgate.oob.Gmcp;
import lychgate.session.Trace.Kind;
import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetEvent;
import lychgate.telnet.TelnetEvent.Subnegotiation;
import lychgate.transport.trace.Tap;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Records the events of a telnet connection: inside its compression, outside everything else. */
final class ChainTap {
    private static final byte[] MASKED = {' ', '*', '*', '*'};
    private static final int MSDP_VAR = 1;
    private static final int MSDP_VAL = 2;

    private final Tap tap;

    ChainTap(Tap tap) {
        this.tap = tap;
    }

    /** An event came from the client; {@link #dealt} must follow. */
    void received(TelnetEvent event) {
        switch (event) {
            case TelnetEvent.Data(byte[] text) -> tap.typed(text);
            case TelnetEvent.Command(int code) when edits(code) -> tap.edited((byte) code);
            case Subnegotiation(int option, byte[] payload) when option == Telnet.GMCP ->
                    command(option, gmcpName(payload), payload);
            case Subnegotiation(int option, byte[] payload) when option == Telnet.MSDP ->
                    command(option, msdpName(payload), payload);
            case Subnegotiation(int option, byte[] payload) when mayTellSecrets(option, payload) ->
                    tap.wire(true, Kind.SUBNEGOTIATION, behind(option, "", MASKED));
            default -> record(true, event);
        }
    }

    /** The event has been dealt with. */
    void dealt() {
        tap.dealt();
    }

    /** An event was sent to the client. */
    void sent(TelnetEvent event) {
        if (event instanceof TelnetEvent.Data(byte[] text)) {
            tap.shown(text);
        } else {
            record(false, event);
        }
    }

    /** Malformed input was dropped. */
    void malformed(String kind) {
        tap.note(true, "malformed: " + kind);
    }

    /** Something else happened. */
    void note(String words) {
        tap.note(false, words);
    }

    private void record(boolean fromClient, TelnetEvent event) {
        switch (event) {
            case TelnetEvent.Command(int code) -> tap.wire(fromClient, Kind.COMMAND, (byte) code);
            case TelnetEvent.Negotiation(var verb, int option) ->
                    tap.wire(fromClient, Kind.NEGOTIATION, (byte) verb.code(), (byte) option);
            case Subnegotiation(int option, byte[] payload) ->
                    tap.wire(fromClient, Kind.SUBNEGOTIATION, behind(option, "", payload));
            case TelnetEvent.Malformed(String kind) -> tap.note(fromClient, "malformed: " + kind);
            case TelnetEvent.Data _ -> throw new IllegalStateException("text is masked first");
        }
    }

    private void command(int option, String name, byte[] payload) {
        tap.commanded(
                name,
                Kind.SUBNEGOTIATION,
                () -> behind(option, "", payload),
                behind(option, plain(name), MASKED));
    }

    private static boolean edits(int code) {
        return code == Telnet.EC || code == Telnet.EL || code == Telnet.IP;
    }

    /**
     * The options whose payload is known to hold nothing private; of others, none of it is shown.
     */
    private static boolean mayTellSecrets(int option, byte[] payload) {
        return switch (option) {
            case Telnet.TTYPE,
                    Telnet.NAWS,
                    Telnet.CHARSET,
                    Telnet.LINEMODE,
                    Telnet.STATUS,
                    Telnet.MCCP2,
                    Telnet.MCCP3 ->
                    false;
            case Telnet.NEW_ENVIRON -> latin(payload).toLowerCase(Locale.ROOT).contains("pass");
            default -> true;
        };
    }

    /** The name as the game gets it: a body may begin without a blank before it. */
    private static String gmcpName(byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8).strip();
        return text.substring(0, Gmcp.endOfName(text));
    }

    /** What of a name may be shown: no name that is known goes on behind such characters. */
    private static String plain(String name) {
        int end = 0;
        while (end < name.length() && name.charAt(end) >= ' ' && name.charAt(end) < 0x7f) {
            end++;
        }
        return name.substring(0, end);
    }

    /** The command, or the variables, separated by blanks. */
    private static String msdpName(byte[] payload) {
        StringBuilder names = new StringBuilder();
        boolean inName = false;
        for (byte b : payload) {
            if (b == MSDP_VAR) {
                inName = true;
                names.append(names.isEmpty() ? "" : " ");
            } else if (b == MSDP_VAL) {
                inName = false;
            } else if (inName && b > ' ') {
                names.append((char) b);
            }
        }
        return names.toString();
    }

    private static String latin(byte[] payload) {
        return new String(payload, StandardCharsets.ISO_8859_1);
    }

    private static byte[] behind(int option, String name, byte[] payload) {
        byte[] all = new byte[1 + name.length() + payload.length];
        all[0] = (byte) option;
        byte[] letters = name.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(letters, 0, all, 1, letters.length);
        System.arraycopy(payload, 0, all, 1 + letters.length, payload.length);
        return all;
    }
}
