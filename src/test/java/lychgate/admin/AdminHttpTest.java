package lychgate.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

class AdminHttpTest {
    /** How long headers may take here. */
    private static final Duration SLOWEST = Duration.ofSeconds(2);

    private static final String HOST = "Host: localhost\r\n";

    private volatile LinkStatus link = new LinkStatus(true, Duration.ZERO, 0, 0, 0);

    private volatile List<String> troubles = List.of();

    @AutoClose private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final AdminHttp http =
            new AdminHttp(
                    new AdminConfig(true, "127.0.0.1", 0, null),
                    this::unready,
                    () -> "counter 1\n",
                    NoPage.INSTANCE,
                    new OwnHost(() -> Set.of("gate")),
                    SLOWEST);

    @BeforeEach
    void start() throws IOException {
        http.start(portal);
    }

    @AfterEach
    void stop() {
        http.stop();
    }

    @Test
    void healthIsThatItAnswers() throws Exception {
        assertEquals("200 ok\n", get("/healthz"));
        link = new LinkStatus(false, Duration.ofSeconds(4), 1, 9, 0);
        assertEquals("200 ok\n", get("/healthz"));
    }

    @Test
    void readinessIsThatTheGameIsThere() throws Exception {
        assertEquals("200 ok\n", get("/readyz"));
        link = new LinkStatus(false, Duration.ofSeconds(4), 1, 9, 0);
        assertEquals(
                "503 the game is away for 4s, held: 1 command, 9 bytes, refused: 0\n",
                get("/readyz"));
    }

    @Test
    void everyReasonAgainstReadinessStandsOnALine() throws Exception {
        troubles = List.of("accounts can't be kept (No space left on device)", "it rains");
        assertEquals(
                "503 accounts can't be kept (No space left on device)\nit rains\n", get("/readyz"));
        assertEquals("200 ok\n", get("/healthz"));
        troubles = List.of();
        assertEquals("200 ok\n", get("/readyz"));
    }

    @Test
    void metricsAreReadAsTheyAre() throws Exception {
        assertEquals("200 counter 1\n", get("/metrics"));
    }

    @Test
    void whatIsElsewhereIsNotFoundAndNoLibraryIsNamed() throws Exception {
        assertEquals("404 /, /healthz, /readyz, /metrics\n", get("/nowhere"));
        assertEquals(
                "[text/plain; charset=utf-8]",
                fetch("/nowhere").headers().allValues("content-type") + "");
        assertEquals("[]", fetch("/nowhere").headers().allValues("server") + "");
    }

    // What is no request to watch.

    @ParameterizedTest
    @ValueSource(
            strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "BREW"})
    void everyOtherMethodIsRefusedWithThoseThatThereAre(String method) throws IOException {
        for (String path : List.of("/healthz", "/metrics", "/nowhere")) {
            String answer = raw(method + " " + path + " HTTP/1.1\r\n" + HOST + CLOSE);
            assertEquals(405, status(answer), answer);
            assertTrue(answer.contains("\r\nAllow: GET, HEAD\r\n"), answer);
        }
    }

    @Test
    void headIsAnsweredWithoutABody() throws IOException {
        String answer = raw("HEAD /metrics HTTP/1.1\r\n" + HOST + CLOSE);
        assertEquals(200, status(answer), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:9",
                "[::1]:4010",
                "192.0.2.7",
                "LocalHost:4010",
                "localhost.",
                "gate",
                "Gate:80"
            })
    void hostThatIsThisMachineIsAnswered(String host) throws IOException {
        String answer = raw("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n" + CLOSE);
        assertEquals(200, status(answer), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example:4010",
                "gate.evil.example",
                "gatekeeper",
                "2130706433",
                "127.1"
            })
    void hostThatIsNotThisMachineIsMisdirectedWhateverIsAsked(String host) throws IOException {
        for (String request : List.of("GET /metrics", "HEAD /healthz", "POST /readyz", "GET /x")) {
            String answer = raw(request + " HTTP/1.1\r\nHost: " + host + "\r\n" + CLOSE);
            assertEquals(421, status(answer), answer);
            String older = raw(request + " HTTP/1.0\r\nHost: " + host + "\r\n\r\n");
            assertEquals(421, status(older), older);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /healthz HTTP/1.1~~|400",
                "GET /healthz HTTP/1.1~Host:~~|400 421",
                "GET /healthz HTTP/1.1~Host: localhost~Host: localhost~~|400",
                "GET /healthz HTTP/1.1~Host: localhost~Host: evil.example~~|400",
                "GET /healthz HTTP/1.1~Host: user@localhost~~|400 421",
                "GET /healthz HTTP/1.1~Host: localhost:x~~|400",
                "GET /healthz HTTP/1.1~Host: localhost, evil.example~~|400 421",
                "GET http://evil.example/healthz HTTP/1.1~Host: localhost~~|400 421",
                "GET http://localhost/healthz HTTP/1.1~Host: evil.example~~|400 421",
                "CONNECT evil.example:80 HTTP/1.1~Host: localhost~~|400 405 421",
                "GET /healthz HTTP/0.9~~|400 505",
                "GET /healthz~~|400 505",
                "GET /healthz HTTP/2.0~Host: localhost~~|400 426 505",
                "get /healthz HTTP/1.1~Host: localhost~~|400 405",
                "GET /healthz HTTP/1.1~Host : localhost~~|400",
                "GET /healthz HTTP/1.1~ Host: localhost~~|400",
                "GET /healthz HTTP/1.1~Host: localhost~X: a~ folded~~|400",
                "GET /healthz HTTP/1.1~Host: localhost~X~~|400",
                "GET /healthz HTTP/1.1~Host: localhost~Content-Length: 5~Content-Length:"
                        + " 6~~hello|400",
                "GET /healthz HTTP/1.1~Host: localhost~Content-Length: x~~|400",
                "GET /healthz HTTP/1.1~Host: localhost~Content-Length: -1~~|400",
                "GET /healthz HTTP/1.1~Host: localhost~Transfer-Encoding: x~~|400 413 501",
                "GET /healthz HTTP/1.1~Host: localhost~Content-Length: 5~Transfer-Encoding:"
                        + " chunked~~0~~|400",
                "GET /healthz HTTP/1.1~Host: localhost~Content-Length: 5~~hello|413",
                "GET /healthz HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~5~hello~0~~|413"
            })
    void requestThatCanBeReadInTwoWaysIsRefusedAndNothingAfterItIsRead(
            String request, String allowed) throws IOException {
        String smuggled = "GET /metrics HTTP/1.1\r\n" + HOST + "\r\n";
        String answer = raw(request.replace("~", "\r\n") + smuggled);
        assertTrue(List.of(allowed.split(" ", -1)).contains("" + status(answer)), answer);
        assertFalse(answer.contains("counter 1"), answer);
        assertFalse(answer.contains("etty"), answer);
    }

    @Test
    void lineThatEndsWithoutItsReturnIsRefused() throws IOException {
        String answer = raw("GET /healthz HTTP/1.1\nHost: localhost\n\n");
        assertEquals(400, status(answer), answer);
    }

    @Test
    void headersAreBounded() throws IOException {
        String longer = "X: " + "x".repeat(AdminHttp.MAX_HEADERS) + "\r\n";
        String answer = raw("GET /healthz HTTP/1.1\r\n" + HOST + longer + "\r\n");
        assertEquals(431, status(answer), answer);
    }

    @Test
    void olderProtocolNeedsNoHost() throws IOException {
        assertEquals(200, status(raw("GET /healthz HTTP/1.0\r\n\r\n")));
    }

    // Who takes time.

    @Test
    void headersThatComeByteByByteMustStillBeWholeInTime() throws Exception {
        try (Socket slow = connect()) {
            slow.setTcpNoDelay(true);
            Await.until(
                    "the end",
                    () -> {
                        try {
                            slow.getOutputStream().write('G');
                            return false;
                        } catch (IOException e) {
                            return true;
                        }
                    });
        }
        Await.equal(1L, () -> portal.meters().count("refused admin_http"));
    }

    @Test
    void manyWhoSayNothingKeepNobodyOut() throws Exception {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 2 * AdminHttp.MAX_CONNECTIONS; i++) {
            silent.add(connect());
        }
        assertEquals("200 ok\n", get("/healthz"));
        assertEquals(-1, silent.getFirst().getInputStream().read());
        for (Socket each : silent) {
            each.close();
        }
    }

    @Test
    void connectionIsKeptForTheNextRequest() throws IOException {
        String asks = "GET /healthz HTTP/1.1\r\n" + HOST;
        String answers = raw(asks + "\r\n" + asks + "\r\n" + asks + CLOSE);
        assertEquals(3, answers.split("HTTP/1.1 200", -1).length - 1, answers);
    }

    @Test
    void takenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            AdminHttp other =
                    new AdminHttp(
                            new AdminConfig(true, "127.0.0.1", taken.getLocalPort(), null),
                            this::unready,
                            () -> "",
                            NoPage.INSTANCE);
            IOException why = assertThrows(IOException.class, () -> other.start(portal));
            assertEquals(
                    "admin.port "
                            + taken.getLocalPort()
                            + ": Address already in use; free it or set another admin.port",
                    why.getMessage());
            other.stop();
        }
    }

    private List<String> unready() {
        List<String> reasons = new ArrayList<>(link.unready());
        reasons.addAll(troubles);
        return reasons;
    }

    private static final String CLOSE = "Connection: close\r\n\r\n";

    private Socket connect() throws IOException {
        return new Socket(InetAddress.ofLiteral("127.0.0.1"), http.port().orElseThrow());
    }

    /** All that comes back for these bytes, until the end. */
    private String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout((int) Duration.ofSeconds(Await.PATIENCE_SECONDS).toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.split(" ", -1)[1]);
    }

    private String get(String path) throws Exception {
        HttpResponse<String> response = fetch(path);
        return response.statusCode() + " " + response.body();
    }

    private HttpResponse<String> fetch(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + http.port().orElseThrow() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }
}
