package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.Fact;
import lychgate.testing.RecordingPortal;
import lychgate.testing.SessionContract;
import lychgate.transport.telnet.front.TrustingTls;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/** The contract over TLS. */
final class SecureSessionContractTest implements SessionContract {
    private static final WebConfig CONFIG =
            new WebConfig(false, 0, 0, List.of(), null, 180, false, new WebConfig.Tls(true, 0));

    @Override
    public Service listens(RecordingPortal portal) {
        portal.speaks(TrustingTls.server());
        return WebSockets.listening(
                portal, CONFIG, "web-tls", port -> new Player(secured(port), true));
    }

    private static WebSocketPeer secured(int port) {
        try {
            return WebSocketPeer.asks(TrustingTls.over(WebSocketPeer.connected(port)), "/ws");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void gameIsToldThatTheConnectionIsEncrypted() {
        RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
        try (Service service = listens(portal)) {
            Client client = service.connects();
            portal.game().awaits("1 settled");
            assertTrue(portal.facts(1).is(Fact.TLS));
            client.isGone();
        } finally {
            portal.close();
        }
    }

    /** The limit of one second is the shortest there is. */
    @Test
    void clientThatDoesNotAgreeOnTlsIsClosedInTime() throws IOException {
        RecordingPortal portal = new RecordingPortal(WebSockets.QUICK);
        portal.speaks(TrustingTls.server());
        try (WebSockets web = new WebSockets(portal, CONFIG);
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), web.port("web-tls"))) {
            silent.setSoTimeout(5_000);
            assertEquals(-1, silent.getInputStream().read());
            assertEquals(1, portal.meters().count("refused tls_handshake_seconds"));
        } finally {
            portal.close();
        }
    }
}
