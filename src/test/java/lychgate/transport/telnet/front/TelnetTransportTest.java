package lychgate.transport.telnet.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lychgate.session.Meters;
import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;
import lychgate.testing.TelnetPeer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class TelnetTransportTest {
    @AutoClose private final ListeningTelnet telnet = new ListeningTelnet();

    @Test
    void openingAsksForTerminalTypeAndWindowSizeAndOffersNothing() {
        telnet.stranger().expects("IAC DO TTYPE IAC DO NAWS").expectsNothing();
    }

    @Test
    void sessionReachesTheGameAtOnceThoughTheClientNeverNegotiates() {
        telnet.peer();
        assertEquals(List.of("1 connected"), telnet.game().told());
    }

    @Test
    void refusedConnectionReadsOneLineAndTheEndAndIsNoSession() {
        telnet.portal().refuses("test", "Not today.");
        telnet.stranger().expects("'Not today.' CR LF").expectsEnd();
        assertEquals(List.of(), telnet.game().told());
        assertEquals(Map.of("refused test", 1L), telnet.meters().counts("refused"));
    }

    @Test
    void refusedConnectionThatSendsAllTheSameReadsNoReset() {
        telnet.portal().refuses("test", "Not today.");
        TelnetPeer peer = telnet.stranger();
        do {
            peer.types("let me in");
        } while (!peer.readsToTheEnd());
        peer.expects("'Not today.' CR LF").expectsEnd();
    }

    @Test
    void refusedConnectionIsClosedThoughTheClientNeverCloses() throws IOException {
        int clients = 20;
        int before = descriptors();
        telnet.portal().refuses("test", "Not today.");
        List<TelnetPeer> peers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            peers.add(telnet.stranger().expects("'Not today.' CR LF").expectsEnd());
        }
        int others = clients / 2; // that this process may open meanwhile
        Await.until("their ends alone are open", () -> descriptors() <= before + clients + others);
        for (TelnetPeer peer : peers) {
            assertThrows(UncheckedIOException.class, () -> sendForEver(peer));
        }
    }

    @Test
    void connectionsThatHaveEndedLeaveNothingBehind() {
        telnet.peer().close(); // whatever is made once is made now
        telnet.game().hears("1 connected", "1 disconnected: ");
        Await.equal(0, telnet.portal()::places);
        int descriptors = descriptors();
        int threads = threads();

        for (int batch = 0; batch < 10; batch++) {
            List<TelnetPeer> peers = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                peers.add(TelnetPeer.connect(telnet.port()));
            }
            for (int i = 0; i < peers.size(); i++) {
                if (i % 2 == 0) {
                    peers.get(i).resets();
                } else {
                    peers.get(i).close();
                }
            }
        }

        Await.equal(5_001L, () -> telnet.meters().count("opened telnet"));
        Await.equal(5_001L, () -> telnet.meters().count("closed telnet"));
        Await.equal(0, telnet.portal()::places);
        assertEquals(List.of(), telnet.portal().sessions().ids());
        Await.until("no descriptor is left", () -> descriptors() <= descriptors);
        Await.until("no thread but one of the pool", () -> threads() <= threads + 1);
    }

    @Test
    void closedListenerKeepsThoseWhoAreThere() {
        TelnetPeer peer = telnet.peer();
        int port = telnet.port();
        telnet.transport().closeListener();
        assertThrows(UncheckedIOException.class, () -> TelnetPeer.connect(port));
        peer.types("on");
        telnet.game().hears("1 connected", "1 text on");
    }

    @Test
    void stopEndsEveryConnection() {
        TelnetPeer peer = telnet.peer();
        telnet.transport().stop();
        peer.expectsEnd();
        telnet.game().hears("1 connected", "1 disconnected: connection lost");
    }

    @Test
    void portThatIsTakenIsNamedWithWhatCanBeDone() {
        TelnetConfig.Tls tls = new TelnetConfig.Tls(true, telnet.port(), false);
        TelnetConfig same = new TelnetConfig(true, telnet.port(), false, false, 0, 6, tls);
        try (RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
                IoLoops loops = new IoLoops(1, Meters.NONE)) {
            portal.speaks(TrustingTls.server());
            for (TelnetTransport second :
                    List.of(
                            TelnetTransport.plain(same, "127.0.0.1", loops),
                            TelnetTransport.overTls(same, "127.0.0.1", loops))) {
                IOException e = assertThrows(IOException.class, () -> second.start(portal));
                String key = second.name().replace("-tls", ".tls") + ".port";
                assertEquals(
                        key
                                + " "
                                + telnet.port()
                                + ": Address already in use; free it or set another "
                                + key,
                        e.getMessage());
                second.stop();
            }
        }
    }

    private static void sendForEver(TelnetPeer peer) {
        while (true) {
            peer.types("still here");
        }
    }

    private static int threads() {
        return Thread.getAllStackTraces().size();
    }

    /** Files and sockets that this process has open. */
    private static int descriptors() {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return (int) all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
