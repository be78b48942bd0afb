package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.plugin.Limits;
import lychgate.testing.TelnetPeer;
import lychgate.transport.telnet.front.ListeningTelnet;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Half-close: a client that closes its side and keeps reading. */
class HalfCloseTest {
    @AutoClose private final ListeningTelnet telnet = new ListeningTelnet();
    private final TelnetPeer peer = telnet.slowPeer();
    private final TelnetPeer other = telnet.peer();

    HalfCloseTest() {
        telnet.game().awaits("1 connected").awaits("2 connected").forgets();
    }

    @Test
    void sessionEndsWhenTheClientWillSendNoMore() {
        peer.halfCloses().expectsEnd();
        telnet.game().hears("1 disconnected: ");
    }

    @Test
    void whatIsUnderWayIsSentBeforeTheEnd() {
        String sent = telnet.fallsBehind(1, Limits.UNWRITABLE_BYTES / 2, other);
        assertEquals(sent, peer.halfCloses().rest());
        telnet.game().hears("1 disconnected: ");
    }

    @Test
    void lastWordsAreSentThoughTheClientWillSendNoMore() {
        String sent = telnet.fallsBehind(1, Limits.UNWRITABLE_BYTES / 2, other);
        telnet.game().disconnect(1, "Come again.");
        assertEquals(sent + "Come again.\r\n", peer.halfCloses().rest());
        telnet.game().hears("1 disconnected: Come again.");
    }
}
