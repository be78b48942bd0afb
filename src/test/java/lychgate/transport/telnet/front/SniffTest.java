package lychgate.transport.telnet.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;
import lychgate.testing.TelnetPeer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/** Clients that speak another protocol on the telnet port: TLS, HTTP. */
class SniffTest {
    /** What a client of TLS 1.2 or 1.3 begins with. */
    private static final String HELLO = "16 03 01 02 00 01";

    private static final String CLOSES = " CR LF 'Connection: close' CR LF CR LF ";

    /** So many times 0.2 s a client has for its first byte. */
    private static final int PATIENCE = 50;

    @AutoClose private final ListeningTelnet plain = new ListeningTelnet();

    @AutoClose
    private final ListeningTelnet both =
            ListeningTelnet.sniffing(new RecordingPortal(RecordingPortal.ROOMY, PATIENCE));

    // Where TLS is spoken too.

    @Test
    void clientThatBeginsWithTlsIsAnsweredByIt() {
        TelnetPeer peer = both.secured().expects(ListeningTelnet.OPENING).types("look");
        both.game().hears("1 connected", "1 text look");
        peer.close();
        both.game().hears("1 disconnected: ");
        Await.equal(0, both.portal()::places);
    }

    @Test
    void clientThatSaysNothingGetsTheOpeningAfterAMoment() {
        try (ListeningTelnet telnet = impatient()) {
            long before = System.nanoTime();
            TelnetPeer peer = telnet.peer();
            long millis = (System.nanoTime() - before) / 1_000_000;
            assertTrue(millis >= 190, "after " + millis + " ms already");
            peer.types("look");
            telnet.game().hears("1 connected", "1 text look");
        }
    }

    @Test
    void clientThatSpeaksAtOnceIsHeardAtOnce() {
        both.stranger().types("look").expects(ListeningTelnet.OPENING);
        both.game().hears("1 connected", "1 text look");
    }

    @Test
    void nothingIsSaidAndNoSessionMadeInThatMoment() {
        try (TelnetPeer peer = both.stranger()) {
            Await.equal(1, both.portal()::places);
            assertEquals(List.of(), both.game().told());
            peer.close();
        }
        Await.equal(0, both.portal()::places);
    }

    @Test
    void helloThatComesTooLateEndsTheConnection() {
        try (ListeningTelnet telnet = impatient()) {
            telnet.peer().sends(HELLO).expectsEnd();
            assertEquals(1, telnet.meters().count("refused tls_hello"));
        }
    }

    @Test
    void manyOfBothKindsAllGetIn() throws IOException {
        for (int i = 1; i <= 50; i++) {
            if (i % 2 == 0) {
                both.secured().types("x");
            } else {
                both.stranger().types("x");
            }
        }
        Await.equal(50, () -> both.game().told("text").size());
        assertEquals(50, both.portal().sessions().ids().size());
    }

    // Where it is not.

    @ParameterizedTest
    @ValueSource(strings = {HELLO, "16", "16 03 03"})
    void helloOnThePlainPortEndsTheConnectionAndIsCounted(String hello) {
        plain.peer().sends(hello).expectsEnd();
        assertEquals(1, plain.meters().count("refused tls_hello"));
        plain.game().hears("1 connected", "1 disconnected: not telnet but tls_hello");
        Await.equal(0, plain.portal()::places);
    }

    @Test
    void helloBytesLaterAreText() {
        TelnetPeer peer = plain.peer().types("look");
        peer.sends("16 03 'on' CR LF").expectsNothing();
        assertEquals(0, plain.meters().count("refused tls_hello"));
    }

    @Test
    void realClientOfTlsSeesTheEndOnThePlainPort() throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), plain.port())) {
            assertThrows(IOException.class, () -> TrustingTls.over(socket));
        }
        Await.equal(1L, () -> plain.meters().count("refused tls_hello"));
    }

    // Web browsers.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1",
                "POST /login HTTP/1.0",
                "PRI * HTTP/2.0",
                "CONNECT example.org:443 HTTP/1.1",
            })
    void browserIsToldWhereThePageIs(String request) {
        plain.portal().listens("web", 4001);
        plain.peer()
                .types(request)
                .types("Host: localhost")
                .expects(
                        "'HTTP/1.1 400 Bad Request' CR LF"
                                + " 'Content-Type: text/plain; charset=us-ascii' CR LF"
                                + " 'Content-Length: 54'"
                                + CLOSES
                                + "'This is a telnet port. The web page is on port 4001.' CR LF")
                .expectsEnd();
        assertEquals(1, plain.meters().count("refused http"));
        plain.game().hears("1 connected", "1 disconnected: not telnet but http");
    }

    @Test
    void browserIsToldThatThereIsNoPage() {
        plain.peer()
                .types("GET / HTTP/1.1")
                .skipsTo("'Content-Length: 50'" + CLOSES)
                .expects("'This is a telnet port, and there is no web page.' CR LF")
                .expectsEnd();
    }

    @Test
    void browserIsToldOverTlsToo() {
        both.portal().listens("web", 4001);
        both.secured().types("GET / HTTP/1.1").skipsTo("'port 4001.' CR LF").expectsEnd();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET lamp", "get / HTTP/1.1", "SAY HTTP/1.1", "GET  / HTTP/1.1"})
    void lineThatOnlyLooksLikeARequestIsPlayed(String line) {
        plain.peer().types(line);
        plain.game().hears("1 connected", "1 text " + line);
    }

    @Test
    void requestThatIsNotTheFirstLineIsPlayed() {
        plain.peer().types("look").types("GET / HTTP/1.1");
        plain.game().hears("1 connected", "1 text look", "1 text GET / HTTP/1.1");
    }

    private static ListeningTelnet impatient() {
        return ListeningTelnet.sniffing(new RecordingPortal(RecordingPortal.ROOMY));
    }
}
