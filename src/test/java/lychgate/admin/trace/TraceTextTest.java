package lychgate.admin.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.session.Trace.Event;
import lychgate.session.Trace.Kind;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class TraceTextTest {
    @Test
    void telnetIsShownByItsNames() {
        assertEquals("> IAC DO TTYPE", text(false, Kind.NEGOTIATION, 253, 24));
        assertEquals("< IAC WILL GMCP", text(true, Kind.NEGOTIATION, 251, 201));
        assertEquals("< IAC WONT 77", text(true, Kind.NEGOTIATION, 252, 77));
        assertEquals("> IAC GA", text(false, Kind.COMMAND, 249));
        assertEquals("< SB NAWS 80x24", text(true, Kind.SUBNEGOTIATION, 31, 0, 80, 0, 24));
        assertEquals("< SB TTYPE IS MUDLET", sub(24, "\u0000MUDLET"));
        assertEquals("> SB TTYPE SEND", text(false, Kind.SUBNEGOTIATION, 24, 1));
        assertEquals("< SB GMCP Char.Vitals {\"hp\":7}", sub(201, "Char.Vitals {\"hp\":7}"));
        assertEquals("< SB MSDP VAR REPORT VAL HEALTH", sub(69, "\u0001REPORT\u0002HEALTH"));
    }

    @Test
    void textIsShownWithItsEscapes() {
        assertEquals("< \"\\e[31mn\u00efce\\r\\n\\\\\"", data("\u001b[31mn\u00efce\r\n\\"));
    }

    @Test
    void bytesThatAreNoUtf8AreShownAsTheyAre() {
        assertEquals(
                "< \"caf\\xe9 \\xff.\"",
                text(true, Kind.DATA, 'c', 'a', 'f', 0xe9, ' ', 0xff, '.'));
        assertEquals("< \"\\xe2\\x82\"", text(true, Kind.DATA, 0xe2, 0x82));
    }

    @Test
    void nothingOfAClientReachesTheOperatorsTerminal() {
        assertEquals("< \"\\u{3164}\\u{34f}\\u{fe0f}\\u{e001}\"", data("\u3164\u034f\ufe0f\ue001"));
        assertEquals("< \"\\u{202e}\\x9b2J\\x07\\x00\"", data("\u202e\u009b2J\u0007\u0000"));
    }

    private static String data(String text) {
        return TraceText.of(
                new Event(0, true, Kind.DATA, text.getBytes(StandardCharsets.UTF_8), 0));
    }

    private static String sub(int option, String text) {
        byte[] behind = text.getBytes(StandardCharsets.ISO_8859_1);
        int[] bytes = new int[1 + behind.length];
        bytes[0] = option;
        for (int i = 0; i < behind.length; i++) {
            bytes[i + 1] = behind[i] & 0xff;
        }
        return text(true, Kind.SUBNEGOTIATION, bytes);
    }

    private static String text(boolean fromClient, Kind kind, int... payload) {
        byte[] bytes = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            bytes[i] = (byte) payload[i];
        }
        return TraceText.of(new Event(0, fromClient, kind, bytes, 0));
    }
}
