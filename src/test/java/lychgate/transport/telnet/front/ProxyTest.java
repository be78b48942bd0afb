package lychgate.transport.telnet.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;
import lychgate.testing.TelnetPeer;
import lychgate.testing.Wire;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Connections through a proxy with the PROXY protocol. */
class ProxyTest {
    private static final String V1 = "'PROXY TCP4 192.0.2.7 198.51.100.1 4660 4000' CR LF ";
    private static final String V2 =
            "0d 0a 0d 0a 00 0d 0a 51 55 49 54 0a 21 11 00 0c c0 00 02 07 c6 33 64 01 12 34 0f a0 ";
    private static final String LOCAL = "0d 0a 0d 0a 00 0d 0a 51 55 49 54 0a 20 00 00 00 ";

    @AutoClose private final ListeningTelnet telnet = proxied(false, false);

    @ParameterizedTest
    @ValueSource(strings = {V1, V2})
    void clientIsWhoTheProxySays(String header) {
        telnet.stranger().sends(header).expects(ListeningTelnet.OPENING).types("look");
        telnet.game().hears("1 connected", "1 text look");
        assertEquals(List.of("192.0.2.7"), telnet.portal().asked());
        assertEquals("192.0.2.7", telnet.game().address(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'PROXY UNKNOWN' CR LF ", LOCAL})
    void proxyThatSpeaksForItselfKeepsItsAddress(String header) {
        telnet.stranger().sends(header).expects(ListeningTelnet.OPENING);
        assertEquals(List.of("127.0.0.1"), telnet.portal().asked());
        assertEquals("127.0.0.1", telnet.game().address(1));
    }

    @Test
    void whatComesWithTheHeaderIsHeardAfterTheOpening() {
        telnet.stranger().sends(V1 + "'look' CR LF").expects(ListeningTelnet.OPENING);
        telnet.game().hears("1 connected", "1 text look");
    }

    @Test
    void headerMayComeByteByByte() {
        TelnetPeer peer = telnet.stranger();
        for (byte b : Wire.bytes(V2)) {
            peer.sends(new byte[] {b});
        }
        peer.expects(ListeningTelnet.OPENING);
        assertEquals(List.of("192.0.2.7"), telnet.portal().asked());
    }

    @Test
    void nobodyIsAskedForAndNothingSaidBeforeTheHeader() {
        TelnetPeer peer = telnet.stranger().sends("'PROXY TCP4 192.0.2.7 '");
        try (TelnetPeer other = telnet.stranger()) {
            other.sends(V1).expects(ListeningTelnet.OPENING); // the loop has come round
            assertEquals(List.of("192.0.2.7"), telnet.portal().asked());
            assertEquals(List.of("1 connected"), telnet.game().told());
        }
        peer.sends("'198.51.100.1 1 2' CR LF").expects(ListeningTelnet.OPENING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'look' CR LF",
                "'GET / HTTP/1.1' CR LF CR LF",
                "16 03 01 02 00 01",
                "IAC WILL NAWS",
                "'PROXY TCP4 192.0.2.777 198.51.100.1 1 2' CR LF",
                "0d 0a 0d 0a 00 0d 0a 51 55 49 54 0a 21 11 ff ff",
            })
    void whatIsNoHeaderEndsWithNothingSaid(String words) {
        telnet.stranger().sends(words).expectsEnd();
        assertEquals(1, telnet.meters().count("refused proxy_header"));
        assertEquals(List.of(), telnet.portal().asked());
        assertEquals(List.of(), telnet.game().told());
    }

    @Test
    void strangerIsEndedWithNothingSaid() throws IOException {
        InetAddress stranger = InetAddress.ofLiteral("127.0.0.2");
        try (Socket socket =
                new Socket(InetAddress.ofLiteral("127.0.0.1"), telnet.port(), stranger, 0)) {
            TelnetPeer.over(socket).sends(V1).expectsEnd();
        }
        assertEquals(1, telnet.meters().count("refused untrusted_proxy"));
        assertEquals(List.of(), telnet.portal().asked());
    }

    @Test
    void headerThatDribblesIsGivenUpAfterThreeSeconds() {
        long before = System.nanoTime();
        TelnetPeer silent = telnet.stranger();
        TelnetPeer slow =
                telnet.stranger().sends("0d 0a 0d 0a 00 0d 0a 51 55 49 54 0a 21 11 0f ff");
        Await.until("it is cut off", () -> !takes(slow));
        silent.expectsEnd();
        long millis = Duration.ofNanos(System.nanoTime() - before).toMillis();
        assertTrue(millis >= 2_900, "after " + millis + " ms already");
        assertEquals(2, telnet.meters().count("refused proxy_silence"));
    }

    @Test
    void whoIsRefusedReadsOneLineAndTheEnd() {
        telnet.portal().refuses("test", "Not today.");
        telnet.stranger().sends(V1).expects("'Not today.' CR LF").expectsEnd();
        assertEquals(1, telnet.meters().count("refused test"));
        assertEquals(List.of(), telnet.game().told());
    }

    @Test
    void whoIsRefusedAndSendsAllTheSameReadsNoReset() {
        telnet.portal().refuses("test", "Not today.");
        TelnetPeer peer = telnet.stranger().sends(V1);
        do {
            peer.types("let me in");
        } while (!peer.readsToTheEnd());
        peer.expects("'Not today.' CR LF").expectsEnd();
    }

    @Test
    void placesAreGivenBackHoweverAConnectionEnds() {
        telnet.stranger().close();
        telnet.stranger().resets();
        telnet.stranger().sends("'PROXY'").halfCloses().expectsEnd();
        telnet.stranger().sends(V1).expects(ListeningTelnet.OPENING).close();
        telnet.stranger().sends("'nonsense'").expectsEnd();
        Await.equal(0, telnet.portal()::places);
        List<TelnetPeer> all = new ArrayList<>();
        for (int i = 0; i < TrustedProxies.MAX_WAITING; i++) {
            all.add(telnet.stranger());
        }
        all.getLast().sends(V1).expects(ListeningTelnet.OPENING); // nobody was still counted
    }

    @Test
    void noMoreThanABoundWaitForTheirHeader() {
        List<TelnetPeer> all = new ArrayList<>();
        for (int i = 0; i < TrustedProxies.MAX_WAITING; i++) {
            all.add(telnet.stranger());
        }
        telnet.stranger().expectsEnd();
        assertEquals(1, telnet.meters().count("refused proxies_waiting"));
        all.getFirst().sends(V1).expects(ListeningTelnet.OPENING);
        telnet.stranger().sends(V1).expects(ListeningTelnet.OPENING);
    }

    @Test
    void headerComesBeforeTls() throws IOException {
        for (boolean sniffing : new boolean[] {true, false}) {
            try (ListeningTelnet tls = proxied(!sniffing, sniffing);
                    Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), tls.port())) {
                socket.getOutputStream()
                        .write(
                                "PROXY TCP6 2001:db8::1 2001:db8::2 1 2\r\n"
                                        .getBytes(StandardCharsets.US_ASCII));
                TelnetPeer.over(TrustingTls.over(socket)).expects(ListeningTelnet.OPENING);
                assertEquals("2001:db8::1", tls.game().address(1));
            }
        }
    }

    @Test
    void whoIsRefusedOverTlsReadsTheEndAndNothingElse() {
        try (ListeningTelnet tls = proxied(true, false)) {
            tls.portal().refuses("test", "Not today.");
            tls.stranger().sends(V1).expectsEnd();
        }
    }

    private static ListeningTelnet proxied(boolean overTls, boolean sniffing) {
        int patience = sniffing ? 50 : 1; // for the first byte of TLS, on a busy machine
        return ListeningTelnet.proxied(
                new RecordingPortal(RecordingPortal.ROOMY, patience), overTls, sniffing);
    }

    /** One byte more; whether the other end still takes them. */
    private static boolean takes(TelnetPeer peer) {
        try {
            peer.sends(new byte[] {0});
            return !peer.readsToTheEnd();
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
