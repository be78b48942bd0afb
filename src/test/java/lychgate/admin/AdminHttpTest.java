package lychgate.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lychgate.portal.RecordingPortal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class AdminHttpTest {
    private volatile LinkStatus link = new LinkStatus(true, Duration.ZERO, 0, 0, 0);

    private volatile List<String> troubles = List.of();

    @AutoClose private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final AdminHttp http =
            new AdminHttp(
                    new AdminConfig(true, "127.0.0.1", 0), this::unready, () -> "counter 1\n");

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
        assertEquals("404 /healthz, /readyz, /metrics\n", get("/"));
        assertEquals(
                "[text/plain; charset=utf-8]", fetch("/").headers().allValues("content-type") + "");
        assertEquals("[]", fetch("/").headers().allValues("server") + "");
    }

    @Test
    void takenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            AdminHttp other =
                    new AdminHttp(
                            new AdminConfig(true, "127.0.0.1", taken.getLocalPort()),
                            this::unready,
                            () -> "");
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
