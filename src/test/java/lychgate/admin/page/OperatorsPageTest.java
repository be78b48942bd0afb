package lychgate.admin.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.admin.AdminConfig;
import lychgate.admin.AdminHttp;
import lychgate.admin.NatsStatus;
import lychgate.admin.Operations.Players;
import lychgate.admin.PeerStatus;
import lychgate.admin.RecordingOperations;
import lychgate.admin.SessionRow;
import lychgate.admin.page.Trends.Figures;
import lychgate.testing.RecordingPortal;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class OperatorsPageTest {
    private static final String TOKEN = "correct horse battery";

    /** The most that the portal takes at a time are 64. */
    private static final int MORE_THAN_ALL_CONNECTIONS = 100;

    @TempDir private Path folder;

    @AutoClose
    private final RecordingPortal application = new RecordingPortal(RecordingPortal.ROOMY);

    @AutoClose private final HttpClient client = HttpClient.newHttpClient();
    private final RecordingOperations portal = new RecordingOperations();
    private final LogTail log = new LogTail();
    private @Nullable AdminHttp http;

    @AfterEach
    void stop() {
        if (http != null) {
            http.stop();
        }
    }

    @Test
    void pageIsOurOwnAndRunsNothingElse() throws Exception {
        start(null);
        HttpResponse<String> page = get("/");
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("<title>Lychgate: operator</title>"));
        String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.contains("default-src 'none'; script-src 'self'"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        Matcher files = Pattern.compile("\"(/page/files/[^\"]+)\"").matcher(page.body());
        while (files.find()) {
            assertEquals(200, get(files.group(1)).statusCode(), files.group(1));
        }
        assertEquals(404, get("/page/files/../admin/index.html").statusCode());
        assertEquals(404, get("/page/nothing").statusCode());
    }

    @Test
    void stateAndSessionsAreRead() throws Exception {
        start(null);
        log.add("2026-11-28T12:00:00Z", "INFO", "7 opened <b>");
        String state = get("/page/state?since=0").body();
        assertTrue(state.contains("\"link_up\":true"), state);
        assertTrue(state.contains("\"text\":\"7 opened <b>\""), state);
        assertTrue(get("/page/state?since=1").body().contains("\"log\":[]"));
        String sessions = get("/page/sessions?find=&sort=id&from=0").body();
        assertTrue(
                sessions.startsWith("{\"total\":2,\"from\":0,\"rows\":[{\"id\":\"7\","), sessions);
        assertTrue(get("/page/sessions?find=ROW").body().contains("\"total\":1"));
        assertTrue(get("/page/sessions?sort=nonsense&from=-9").body().contains("\"total\":2"));
        String session = get("/page/session?id=7").body();
        assertTrue(session.contains("\"why\":\"refused by the client\""), session);
        assertEquals(404, get("/page/session?id=8").statusCode());
    }

    @Test
    void otherPortalsAreToldWhereThereAre() throws Exception {
        start(null);
        assertTrue(get("/page/state").body().contains("\"nats\":null,"));
        portal.nats(
                new NatsStatus(
                        true,
                        "nats://127.0.0.1:4222",
                        new NatsStatus.Place(9, "main", true),
                        List.of(
                                new PeerStatus("1", "up", 0.312, 2, null),
                                new PeerStatus("2", "away", null, 0, null))));
        String state = get("/page/state").body();
        assertTrue(
                state.contains(
                        """
                        "nats":{"connected":true,"servers":"nats://127.0.0.1:4222","portal":9,\
                        "shard":"main","serves":true,"peers":[\
                        {"name":"1","state":"up","round_trip_millis":0.312,"unacknowledged":2,\
                        "held":null},\
                        {"name":"2","state":"away","round_trip_millis":null,"unacknowledged":0,\
                        "held":null}]}\
                        """),
                state);
    }

    @Test
    void sessionNumbersAreTextsForTheyAreLargerThanJavaScriptCounts() throws Exception {
        start(null);
        SessionRow row = portal.sessions(Players.ALL).getFirst();
        portal.sessions(
                List.of(
                        new SessionRow(
                                9_007_199_254_740_993L, // 2^53 + 1, which JavaScript rounds
                                row.account(),
                                row.transport(),
                                row.address(),
                                row.client(),
                                row.idle(),
                                row.away(),
                                row.unsent(),
                                row.latencyMillis())),
                List.of());
        String sessions = get("/page/sessions").body();
        assertTrue(sessions.contains("\"id\":\"9007199254740993\""), sessions);
        order(words("kick", "9007199254740993", ""), "X-Lychgate-Token", token());
        assertEquals(List.of("kick 9007199254740993 "), portal.asked());
    }

    @Test
    void ordersAreCarriedOutAndSaidWhoGaveThem() throws Exception {
        start(null);
        HttpResponse<String> answer =
                order(words("kick", "7", "be kind"), "X-Lychgate-Token", token());
        assertEquals("{\"ok\":true,\"text\":\"\"}", answer.body());
        assertEquals(List.of("kick 7 be kind"), portal.asked());
        assertEquals(List.of("page from 127.0.0.1: kick 7 be kind: done"), portal.audited());
        assertTrue(
                order(words("kick", "99", ""), "X-Lychgate-Token", token())
                        .body()
                        .contains("There is no session 99"));
    }

    @Test
    void orderThatDoesNotComeFromThePageIsRefused() throws Exception {
        start(null);
        String kick = words("kick", "7", "");
        assertEquals(403, order(kick).statusCode());
        assertEquals(403, order(kick, "X-Lychgate-Token", "x").statusCode());
        assertEquals(
                403,
                order(kick, "X-Lychgate-Token", token(), "Origin", "http://evil.example")
                        .statusCode());
        assertEquals(403, order(kick, "X-Lychgate-Token", token(), "Origin", "null").statusCode());
        assertEquals(
                403,
                order(kick, "X-Lychgate-Token", token(), "Sec-Fetch-Site", "cross-site")
                        .statusCode());
        assertEquals(List.of(), portal.asked());
        assertEquals(200, order(kick, "X-Lychgate-Token", token(), "Origin", base()).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"command\":\"reload\",\"arguments\":[]}",
                "{\"command\":\"status\",\"arguments\":[]}",
                "{\"command\":\"kick\"}"
            })
    void whatIsNoOrderOfThePageIsRefused(String body) throws Exception {
        start(null);
        assertEquals(400, order(body, "X-Lychgate-Token", token()).statusCode());
        assertEquals(List.of(), portal.asked());
    }

    @Test
    void orderThatIsTooLongIsRefused() throws Exception {
        start(null);
        String body = words("say", "x".repeat(OperatorsPage.MAX_ORDER));
        assertEquals(413, order(body, "X-Lychgate-Token", token()).statusCode());
    }

    @Test
    void requestsWhoseBodyDoesNotComeMakeRoomForOthers() throws Exception {
        start(write(TOKEN, "rw-------"));
        URI page = URI.create(base());
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < MORE_THAN_ALL_CONNECTIONS; i++) {
                Socket socket = new Socket(page.getHost(), page.getPort());
                silent.add(socket);
                socket.getOutputStream()
                        .write(
                                "POST /page/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII));
            }
            assertEquals(200, get("/healthz").statusCode());
            assertEquals(-1, silent.getFirst().getInputStream().read());
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void otherMethodsAreRefusedEverywhere() throws Exception {
        start(null);
        for (String path : List.of("/", "/page/state", "/page/files/app.js", "/page/nothing")) {
            assertEquals(405, send("POST", path).statusCode(), path);
            assertEquals(405, send("DELETE", path).statusCode(), path);
        }
        assertEquals(405, send("GET", "/page/order").statusCode());
        assertEquals(405, send("PUT", "/page/order").statusCode());
        assertEquals(200, send("HEAD", "/").statusCode());
    }

    @Test
    void withATokenNothingIsShownWithoutIt() throws Exception {
        start(write(TOKEN, "rw-------"));
        assertEquals(401, get("/page/state").statusCode());
        assertEquals(401, get("/page/session?id=7").statusCode());
        assertEquals(401, order(words("kick", "7", "")).statusCode());
        assertTrue(get("/").body().contains("Token"));
        assertEquals(200, get("/page/state", "Authorization", "Bearer " + TOKEN).statusCode());
        assertEquals(401, get("/page/state", "Authorization", "Bearer nonsense").statusCode());
        assertEquals(200, get("/healthz").statusCode());
    }

    @Test
    void tokenIsShownOnceAndThenStandsForACookieThatNoScriptReads() throws Exception {
        start(write(TOKEN + "\n", "rw-------"));
        assertEquals(403, login("guess").statusCode());
        assertEquals(1, application.meters().count("refused admin_token"));
        HttpResponse<String> answer = login(TOKEN);
        String cookie = answer.headers().firstValue("Set-Cookie").orElse("");
        assertTrue(cookie.contains("HttpOnly; SameSite=Strict"), cookie);
        assertFalse(cookie.contains(TOKEN));
        String shown = cookie.substring(0, cookie.indexOf(';'));
        assertEquals(200, get("/page/state", "Cookie", shown).statusCode());
        assertEquals(401, get("/page/state", "Cookie", shown + "x").statusCode());
    }

    @Test
    void guessesAreBounded() throws Exception {
        start(write(TOKEN, "rw-------"));
        for (int i = 0; i < Guesses.MAX_GUESSES; i++) {
            login("guess " + i);
        }
        assertEquals(403, login(TOKEN).statusCode());
    }

    @Test
    void guessesFromElsewhereKeepNoOperatorOut() throws Exception {
        start(write(TOKEN, "rw-------"));
        for (int i = 0; i < 2 * Guesses.MAX_GUESSES; i++) {
            login("guess " + i);
        }
        try (HttpClient operator =
                HttpClient.newBuilder().localAddress(InetAddress.ofLiteral("127.0.0.2")).build()) {
            HttpRequest shows = request("/page/state", "Authorization", "Bearer " + TOKEN).build();
            assertEquals(200, operator.send(shows, BodyHandlers.ofString()).statusCode());
        }
    }

    @Test
    void tokenThatOthersMayReadOrGuessIsRefused() throws Exception {
        Path open = write(TOKEN, "rw-r--r--");
        assertEquals(
                open + " can be read by others: chmod 600 it.",
                assertThrows(IOException.class, () -> access(open)).getMessage());
        Path brief = write("short", "rw-------");
        assertTrue(refusal(brief).contains("is too short"), refusal(brief));
        Path none = folder.resolve("none");
        assertTrue(refusal(none).contains("cannot be read"), refusal(none));
    }

    private String refusal(Path tokenFile) {
        return String.valueOf(
                assertThrows(IOException.class, () -> access(tokenFile)).getMessage());
    }

    @Test
    void trendsAreWhatHappenedBetweenTwoLooks() {
        Figures[] now = {new Figures(0, 0, 0, 0, 0)};
        Trends trends = new Trends(() -> now[0]);
        now[0] = new Figures(3, 10, 5, 4, 0.002);
        trends.look();
        trends.look();
        assertEquals(
                List.of(new Trends.Point(3, 2, 1, 0.5), new Trends.Point(3, 0, 0, 0)),
                trends.points());
        for (int i = 0; i < 2 * Trends.POINTS; i++) {
            trends.look();
        }
        assertEquals(Trends.POINTS, trends.points().size());
    }

    @Test
    void logTailIsBounded() {
        for (int i = 1; i <= 2 * LogTail.MAX_LINES; i++) {
            log.add("", "INFO", "x".repeat(2 * LogTail.MAX_LENGTH));
        }
        assertEquals(LogTail.MAX_LINES, log.since(0).size());
        assertEquals(LogTail.MAX_LENGTH + 1, log.since(0).getFirst().text().length());
        assertEquals(LogTail.MAX_LINES, log.since(999_999).size()); // of another start
    }

    private PageAccess access(@Nullable Path tokenFile) throws IOException {
        return PageAccess.of(tokenFile, application.meters(), System::nanoTime);
    }

    private void start(@Nullable Path tokenFile) throws IOException {
        OperatorsPage page =
                new OperatorsPage(
                        access(tokenFile),
                        portal,
                        portal.commands(),
                        new Trends(() -> new Figures(0, 0, 0, 0, 0)),
                        log);
        AdminConfig config = new AdminConfig(true, "127.0.0.1", 0, tokenFile);
        http = new AdminHttp(config, List::of, () -> "", page);
        http.start(application);
    }

    private Path write(String token, String mode) throws IOException {
        Path file = Files.createTempFile(folder, "token", "");
        Files.writeString(file, token);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private String base() {
        AdminHttp running = http;
        return running == null ? "" : "http://127.0.0.1:" + running.port().orElseThrow();
    }

    private String token() throws Exception {
        Matcher token =
                Pattern.compile("\"token\":\"([^\"]+)\"").matcher(get("/page/state").body());
        assertTrue(token.find());
        return token.group(1);
    }

    private static String words(String command, String... arguments) {
        return "{\"command\":\""
                + command
                + "\",\"arguments\":[\""
                + String.join("\",\"", arguments)
                + "\"]}";
    }

    private HttpResponse<String> order(String body, String... headers) throws Exception {
        return send(request("/page/order", headers).POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> login(String token) throws Exception {
        return send(request("/page/login").POST(BodyPublishers.ofString(token)));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(request(path, headers));
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
