package lychgate.telnet;

import lychgate.telnet.TelnetEvent.Command;
import lychgate.telnet.TelnetEvent.Data;
import lychgate.telnet.TelnetEvent.Malformed;
import lychgate.telnet.TelnetEvent.Negotiation;
import lychgate.telnet.TelnetEvent.Subnegotiation;

/** Encodes {@link TelnetEvent}s: the one place where 255 is doubled. */
public final class TelnetEncoder {
    private TelnetEncoder() {}

    /** Appends an event's bytes. Malformed events, which only arrive, have none. */
    public static void encode(TelnetEvent event, ByteBuilder out) {
        switch (event) {
            case Data(byte[] bytes) -> addDoubled(bytes, out);
            case Command(int code) -> {
                out.add(Telnet.IAC);
                out.add(code);
            }
            case Negotiation(Verb verb, int option) -> {
                out.add(Telnet.IAC);
                out.add(verb.code());
                out.add(option);
            }
            case Subnegotiation(int option, byte[] payload) -> {
                out.add(Telnet.IAC);
                out.add(Telnet.SB);
                out.add(option);
                addDoubled(payload, out);
                out.add(Telnet.IAC);
                out.add(Telnet.SE);
            }
            case Malformed _ -> {}
        }
    }

    private static void addDoubled(byte[] bytes, ByteBuilder out) {
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == (byte) Telnet.IAC) {
                out.add(bytes, from, i + 1 - from);
                from = i; // the byte itself is written twice
            }
        }
        out.add(bytes, from, bytes.length - from);
    }
}
