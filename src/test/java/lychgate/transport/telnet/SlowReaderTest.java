package lychgate.transport.telnet;

import lychgate.telnet.TelnetPeer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A client that stops reading, and what becomes of what it is sent. */
class SlowReaderTest {
    private static final int LINE_BYTES = 16 * 1024;

    /** More than any system keeps for a client that does not read. */
    private static final int MANY = 64 * 1024 * 1024 / LINE_BYTES;

    @AutoClose private final ListeningTelnet telnet = new ListeningTelnet();

    @Test
    void clientThatFallsBehindIsToldOfAndAgainWhenItHasReadAll() {
        TelnetPeer peer = telnet.slowPeer();
        TelnetPeer other = telnet.peer();
        telnet.game().hears("1 connected", "2 connected");
        StringBuilder sent = new StringBuilder();
        int lines = 0;
        while (!telnet.game().told().contains("1 unwritable") && lines < MANY) {
            String line = line(lines++);
            telnet.game().text(1, line);
            sent.append(line).append("\r\n");
            other.expectsNothing();
        }
        telnet.game().hears("1 unwritable");
        peer.expectsText(sent.toString());
        telnet.game().hears("1 writable");
    }

    private static String line(int number) {
        return number + "x".repeat(LINE_BYTES);
    }
}
