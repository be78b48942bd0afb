package lychgate.transport.telnet.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.plugin.Limits;
import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;
import lychgate.testing.TelnetPeer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;

/** Telnet over TLS, with clients whose TLS is the JDK's. */
class TlsTelnetTest {
    private static final int LINES = 5_000;

    @AutoClose private final ListeningTelnet telnet = ListeningTelnet.overTls(withDeadline(0));

    @Test
    void sessionIsOpenedAfterTheHandshakeAndPlays() {
        TelnetPeer peer = telnet.secured().expects(ListeningTelnet.OPENING);
        peer.types("look");
        telnet.game().hears("1 connected", "1 text look");
        telnet.game().text(1, "A gatehouse.");
        peer.expectsLine("A gatehouse.");
        assertEquals(1, telnet.meters().count("opened telnet-tls"));
    }

    @Test
    void nothingIsSaidBeforeTheHandshake() throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(300);
            assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
            assertEquals(List.of(), telnet.game().told());
            TelnetPeer.over(TrustingTls.over(socket)).expects(ListeningTelnet.OPENING);
        }
    }

    @Test
    void recordsThatComeByteByByteAreHeard() throws IOException {
        try (Socket dribbling = new Dribbling(telnet.port())) {
            TelnetPeer peer = TelnetPeer.over(TrustingTls.over(dribbling));
            peer.expects(ListeningTelnet.OPENING).types("look");
            telnet.game().hears("1 connected", "1 text look");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void bothVersionsAreSpoken(String version) throws IOException {
        try (SSLSocket socket = TrustingTls.unsecured(telnet.port())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            TelnetPeer.over(socket).expects(ListeningTelnet.OPENING);
            assertEquals(version, socket.getSession().getProtocol());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
            })
    void weakerCiphersAreRefused(String cipher) throws IOException {
        try (SSLSocket socket = TrustingTls.unsecured(telnet.port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {cipher});
            IOException e =
                    assertThrows(SSLHandshakeException.class, () -> socket.startHandshake());
            assertTrue(String.valueOf(e.getMessage()).contains("handshake_failure"), e.toString());
        }
        Await.equal(1L, () -> telnet.meters().count("refused tls_handshake"));
        Await.equal(0, telnet.portal()::places);
        assertEquals(List.of(), telnet.game().told());
    }

    @Test
    void whatComesTogetherWithTheEndOfTheHandshakeIsHeard() throws IOException {
        try (SSLSocket socket = TrustingTls.connect(telnet.port())) {
            socket.getOutputStream().write("look\r\n".getBytes(StandardCharsets.US_ASCII));
            telnet.game().hears("1 connected", "1 text look");
        }
    }

    @Test
    void everyLineOfFourWritersArrivesWholeAndInOrder() throws Exception {
        TelnetPeer peer = telnet.secured().expects(ListeningTelnet.OPENING);
        Await.equal(List.of("1 connected"), telnet.game()::told);
        for (int writer = 0; writer < 4; writer++) {
            String name = "w" + writer + " ";
            Thread.ofVirtual()
                    .start(
                            () -> {
                                for (int i = 0; i < LINES; i++) {
                                    telnet.game().text(1, name + i);
                                }
                            });
        }
        int[] next = new int[4];
        for (int i = 0; i < 4 * LINES; i++) {
            String line = peer.readsLine();
            int writer = line.charAt(1) - '0';
            assertEquals("w" + writer + " " + next[writer]++, line);
        }
    }

    // The end.

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void lastWordsAndTheGoodbyeOfTlsAreSent(String version) throws IOException {
        try (SSLSocket socket = TrustingTls.unsecured(telnet.port())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            Await.equal(List.of("1 connected"), telnet.game()::told);
            telnet.game().disconnect(1, "Farewell.");
            String said =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(said.endsWith("Farewell.\r\n"), said); // a cut connection would throw
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void clientsGoodbyeIsAnsweredAndEndsTheSession(String version) throws IOException {
        try (SSLSocket socket = TrustingTls.unsecured(telnet.port())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            TelnetPeer.over(socket).expects(ListeningTelnet.OPENING);
            socket.shutdownOutput();
            assertEquals(-1, socket.getInputStream().read());
        }
        telnet.game().hears("1 connected", "1 disconnected: ");
        Await.equal(0, telnet.portal()::places);
    }

    @Test
    void clientThatIsCutOffEndsItsSession() throws IOException {
        try (Socket socket = connect()) {
            TrustingTls.over(socket);
            Await.equal(List.of("1 connected"), telnet.game()::told);
            socket.shutdownOutput(); // below TLS
            telnet.game().hears("1 connected", "1 disconnected: ");
        }
        Await.equal(0, telnet.portal()::places);
    }

    // What is no TLS.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "look\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "\u0016\u0003\u0001\u0000\u0004x\u0000\u0000\u0000"
            })
    void whatIsNoTlsEndsAndIsCounted(String words) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoTimeout(Await.PATIENCE_SECONDS * 1_000);
            readToTheEnd(socket.getInputStream());
        }
        Await.equal(1L, () -> telnet.meters().count("refused tls_handshake"));
        Await.equal(0, telnet.portal()::places);
        assertEquals(List.of(), telnet.game().told());
    }

    @Test
    void clientThatGoesBeforeTheHandshakeLeavesNothingBehind() throws IOException {
        connect().close();
        Await.until("it has been let in", () -> telnet.portal().asked().size() == 1);
        Await.equal(0, telnet.portal()::places);
        assertEquals(List.of(), telnet.game().told());
    }

    @Test
    void refusedClientReadsTheEndAndNothingElse() {
        telnet.portal().refuses("test", "Not today.");
        telnet.stranger().expectsEnd();
        assertEquals(Map.of("refused test", 1L), telnet.meters().counts("refused"));
    }

    @Test
    void helloThatDribblesIsCutOffInTime() throws Exception {
        try (ListeningTelnet slow = ListeningTelnet.overTls(withDeadline(1));
                Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), slow.port())) {
            byte[] start = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xfc};
            socket.getOutputStream().write(start);
            Await.until("it is cut off", () -> !takes(socket));
            assertEquals(1L, slow.meters().count("refused tls_handshake_seconds"));
            Await.equal(0, slow.portal()::places);
            assertEquals(List.of(), slow.game().told());
        }
    }

    private static boolean takes(Socket socket) {
        try {
            socket.getOutputStream().write(0);
            socket.setSoTimeout(100);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.ofLiteral("127.0.0.1"), telnet.port());
    }

    private static void readToTheEnd(InputStream in) {
        try {
            in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("a reset instead of the end", e);
        }
    }

    private static Limits withDeadline(int seconds) {
        Limits roomy = RecordingPortal.ROOMY;
        return new Limits(
                0,
                0,
                0,
                0,
                roomy.lineLength(),
                roomy.subnegotiationBytes(),
                roomy.unsentBytes(),
                0,
                0,
                seconds);
    }

    /** A connection over which each byte is sent for itself. */
    private static final class Dribbling extends Socket {
        Dribbling(int port) throws IOException {
            super(InetAddress.ofLiteral("127.0.0.1"), port);
            setTcpNoDelay(true);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream whole = super.getOutputStream();
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    whole.write(b); // and so, one by one, do the other ways to write
                }
            };
        }
    }
}
