package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.plugin.Limits;
import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;
import lychgate.testing.TelnetPeer;
import lychgate.transport.telnet.front.ListeningTelnet;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.Map;

/** A client that stops reading, and its unsent output. */
class SlowReaderTest {
    @AutoClose private final ListeningTelnet telnet = new ListeningTelnet();
    private final TelnetPeer peer = telnet.slowPeer();
    private final TelnetPeer other = telnet.peer();

    SlowReaderTest() {
        telnet.game().awaits("1 connected").awaits("2 connected").forgets();
    }

    @Test
    void gameIsToldWhenAClientFallsBehindAndWhenItHasCaughtUp() {
        String sent = telnet.fallsBehind(1, Limits.UNWRITABLE_BYTES + 1, other);
        telnet.game().hears("1 unwritable");
        peer.expectsText(sent);
        telnet.game().hears("1 writable");
    }

    @Test
    void clientThatIsBehindIsNotReadUntilItHasCaughtUp() {
        String sent = telnet.fallsBehind(1, Limits.UNWRITABLE_BYTES + 1, other);
        peer.types("hello");
        other.expectsNothing(); // the loop has come round since
        telnet.game().hears("1 unwritable");
        peer.expectsText(sent);
        telnet.game().hears("1 writable", "1 text hello");
    }

    @Test
    void clientThatIsTooFarBehindIsCutAndCountedAndTheGameToldWhy() {
        telnet.fallsBehind(1, Limits.UNWRITABLE_BYTES + 1, other);
        String portion = "x".repeat(Limits.UNWRITABLE_BYTES);
        for (int n = 0; n < 8 * Limits.DEFAULT.unsentBytes() / Limits.UNWRITABLE_BYTES; n++) {
            telnet.game().text(1, portion);
        }
        telnet.game().awaits("1 disconnected: does not read");
        assertEquals(Map.of("refused unsent", 1L), telnet.meters().counts("refused"));
        Await.equal(1, telnet.portal()::places);
        other.expectsNothing(); // and it is not the other's fault
    }

    @Test
    void clientAboveTheLimitThatTakesNothingIsCutWithinSeconds() {
        telnet.fallsBehind(1, Limits.UNWRITABLE_BYTES + 1, other);
        telnet.game().text(1, "x".repeat(Limits.DEFAULT.unsentBytes()));
        telnet.game().awaits("1 disconnected: does not read");
        assertEquals(Map.of("refused unsent", 1L), telnet.meters().counts("refused"));
    }

    @Test
    void burstAboveTheLimitReachesAClientThatReads() {
        telnet.game().awaits("1 settled");
        String page = "x".repeat(3 * Limits.DEFAULT.unsentBytes());
        telnet.game().text(1, page);
        peer.expectsLine(page);
        assertEquals(Map.of(), telnet.meters().counts("refused"));
    }

    @Test
    void withoutALimitNoClientIsCut() {
        Limits limitless = new Limits(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        try (ListeningTelnet patient = new ListeningTelnet(limitless, 0)) {
            TelnetPeer reader = patient.slowPeer();
            patient.game().hears("1 connected");
            String page = "x".repeat(2 * RecordingPortal.ROOMY.unsentBytes());
            patient.game().text(1, page);
            reader.expectsLine(page);
        }
    }
}
