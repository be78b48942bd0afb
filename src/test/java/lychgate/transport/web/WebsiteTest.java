package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** The game's own website on our port. */
class WebsiteTest {
    private final GameSite game = new GameSite();
    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final WebSockets web = new WebSockets(portal, WebSockets.CONFIG, game.at());
    private final int port = web.port("web");

    @AfterEach
    void close() {
        web.close();
        portal.close();
        game.close();
    }

    // What is where.

    @Test
    void everyOtherPathIsTheGames() {
        for (String path : List.of("/", "/webclient/", "/static/x.css?v=1", "/playing", "/wsx")) {
            assertEquals("fine", HttpPeer.gets(port, path).body(), path);
        }
        assertEquals(
                List.of(
                        "GET / HTTP/1.1",
                        "GET /webclient/ HTTP/1.1",
                        "GET /static/x.css?v=1 HTTP/1.1",
                        "GET /playing HTTP/1.1",
                        "GET /wsx HTTP/1.1"),
                game.asked().stream().map(head -> head.lines().findFirst().orElseThrow()).toList());
    }

    @Test
    void ourOwnPathsStayOurs() {
        HttpPeer.gets(port, "/play/");
        HttpPeer.gets(port, "/play/lychgate.js");
        HttpPeer.gets(port, "/play");
        assertEquals(426, HttpPeer.gets(port, "/ws").status());
        try (WebSocketPeer peer = WebSocketPeer.asks(port, "/ws")) {
            assertEquals(101, peer.status());
        }
        assertEquals(426, HttpPeer.gets(web.port("websocket"), "/").status());
        assertEquals(List.of(), game.asked());
    }

    @Test
    void webSocketElsewhereIsNotPassedOn() {
        try (WebSocketPeer peer = WebSocketPeer.asks(port, "/webclient/")) {
            assertEquals(404, peer.status());
        }
        assertEquals(List.of(), game.asked());
    }

    // What the game is told of who asks.

    @Test
    void gameHearsOneAddressWhateverTheClientSays() {
        HttpPeer.gets(
                port,
                "/",
                "X-Forwarded-For: 192.0.2.7",
                "X-Forwarded-For: 192.0.2.8, 192.0.2.9",
                "X_Forwarded_For: 192.0.2.10",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Port: 443",
                "X-Real-IP: 192.0.2.11",
                "Forwarded: for=192.0.2.12",
                "Via: 1.0 elsewhere",
                "Cookie: sessionid=abc; csrftoken=def");
        String head = game.onlyRequest();
        assertEquals(List.of("127.0.0.1"), GameSite.values(head, "X-Forwarded-For"));
        assertEquals(List.of("http"), GameSite.values(head, "X-Forwarded-Proto"));
        assertEquals(List.of("localhost:" + port), GameSite.values(head, "X-Forwarded-Host"));
        assertEquals(List.of("localhost:" + port), GameSite.values(head, "Host"));
        assertEquals(List.of("1.0 elsewhere, 1.1 lychgate"), GameSite.values(head, "Via"));
        assertEquals(List.of("sessionid=abc; csrftoken=def"), GameSite.values(head, "Cookie"));
        assertFalse(head.contains("192.0.2."), head);
        assertFalse(head.contains("evil.example"), head);
        assertEquals(List.of(), GameSite.values(head, "Forwarded"));
        assertEquals(List.of(), GameSite.values(head, "X-Forwarded-Port"));
        assertEquals(List.of(), GameSite.values(head, "User-Agent"));
        assertEquals(List.of(), GameSite.values(head, "Accept-Encoding"));
    }

    @Test
    void clientBehindATrustedProxyIsTheOneThatTheGameHearsOf() {
        portal.trusts("127.0.0.0/8");
        HttpPeer.gets(
                port, "/", "X-Forwarded-For: 10.9.9.9, 2001:db8::7", "X-Forwarded-Proto: https");
        String head = game.onlyRequest();
        assertEquals(List.of("2001:db8::7"), GameSite.values(head, "X-Forwarded-For"));
        assertEquals(List.of("https"), GameSite.values(head, "X-Forwarded-Proto"));
    }

    @Test
    void bannedAddressIsForbiddenToCome() {
        portal.refuses("banned", "You may not come in.");
        assertEquals(403, HttpPeer.gets(port, "/").status());
        assertEquals(List.of(), game.asked());
        assertEquals(1, portal.meters().count("refused banned"));
    }

    // What is passed on.

    @Test
    void answerIsPassedOnAsItIs() {
        String page = "<script>alert('their own')</script>";
        game.answers(
                (_, _, out) ->
                        GameSite.say(
                                out,
                                "HTTP/1.1 404 Not Found",
                                page,
                                "Server: TwistedWeb/24.11.0",
                                "X-Powered-By: Django",
                                "Date: Thu, 01 Jan 1970 00:00:00 GMT",
                                "Content-Type: text/html; charset=utf-8",
                                "Set-Cookie: csrftoken=a; Path=/; SameSite=Lax",
                                "Set-Cookie: sessionid=b; HttpOnly",
                                "X-Frame-Options: DENY"));
        HttpPeer.Reply reply = HttpPeer.gets(port, "/nothing");
        assertEquals(404, reply.status());
        assertEquals(page, reply.body());
        assertEquals(
                "csrftoken=a; Path=/; SameSite=Lax\nsessionid=b; HttpOnly",
                reply.header("Set-Cookie"));
        assertEquals("DENY", reply.header("X-Frame-Options"));
        assertEquals("text/html; charset=utf-8", reply.header("Content-Type"));
        assertEquals("", reply.header("Server"));
        assertEquals("", reply.header("X-Powered-By"));
        assertEquals("", reply.header("Content-Security-Policy"));
        assertFalse(reply.header("Date").contains("1970"), reply.head());
        assertFalse(reply.header("Date").contains("\n"), reply.head());
    }

    @Test
    void redirectsAreTheBrowsersToFollow() {
        game.answers((_, _, out) -> GameSite.say(out, "HTTP/1.1 302 Found", "", "Location: /x/"));
        HttpPeer.Reply reply = HttpPeer.gets(port, "/x");
        assertEquals(302, reply.status());
        assertEquals("/x/", reply.header("Location"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br"})
    void compressedAnswerStaysCompressed(String encoding) {
        game.answers(
                (head, _, out) -> {
                    assertTrue(head.contains("Accept-Encoding: " + encoding), head);
                    GameSite.say(
                            out, "HTTP/1.1 200 OK", "no gzip", "Content-Encoding: " + encoding);
                });
        HttpPeer.Reply reply = HttpPeer.gets(port, "/", "Accept-Encoding: " + encoding);
        assertEquals("no gzip", reply.body());
        assertEquals(encoding, reply.header("Content-Encoding"));
    }

    @Test
    void formReachesTheGameByteForByte() {
        String form = "csrfmiddlewaretoken=x&username=anna&password=%20secret";
        game.answers(
                (_, body, out) -> GameSite.say(out, "HTTP/1.1 200 OK", read(body, form.length())));
        HttpPeer.Reply reply =
                HttpPeer.asks(
                        port,
                        "POST /auth/login/ HTTP/1.1",
                        form,
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: " + form.length(),
                        "Origin: http://localhost:" + port);
        assertEquals(form, reply.body());
        String head = game.onlyRequest();
        assertEquals(
                List.of("application/x-www-form-urlencoded"),
                GameSite.values(head, "Content-Type"));
        assertEquals(List.of("http://localhost:" + port), GameSite.values(head, "Origin"));
    }

    @Test
    void bodyWithoutATypeGetsNone() {
        game.answers((_, body, out) -> GameSite.say(out, "HTTP/1.1 200 OK", read(body, 3)));
        assertEquals(
                "abc", HttpPeer.asks(port, "PUT /x HTTP/1.1", "abc", "Content-Length: 3").body());
        assertEquals(List.of(), GameSite.values(game.onlyRequest(), "Content-Type"));
    }

    @Test
    void bodyThatIsTooLongIsRefusedAndNotPassedOn() {
        HttpPeer.Reply reply =
                HttpPeer.asks(port, "POST / HTTP/1.1", "", "Content-Length: " + ((16 << 20) + 1));
        assertEquals(413, reply.status());
        assertEquals(List.of(), game.asked());
    }

    @Test
    void bodyWithoutALengthThatIsTooLongIsRefusedToo() {
        game.answers((_, body, out) -> body.transferTo(OutputStream.nullOutputStream()));
        try (HttpPeer peer = new HttpPeer(port)) {
            peer.sends(HttpPeer.head(port, "POST / HTTP/1.1", "Transfer-Encoding: chunked"));
            byte[] chunk =
                    ("40000\r\n" + "x".repeat(0x40000) + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII);
            try {
                for (int i = 0; i <= 64; i++) {
                    peer.sends(chunk);
                }
            } catch (RuntimeException e) {
                // it has been closed already
            }
            HttpPeer.Reply reply = peer.reply();
            assertTrue(reply.status() == 413 || reply.status() == 0, reply.head());
        }
        Await.equal(0, game::connections);
    }

    @Test
    void answerIsPassedOnWhileItComes() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        game.answers(
                (_, _, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\nfirst".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    await(seen);
                    out.write("then".getBytes(StandardCharsets.US_ASCII));
                });
        try (HttpPeer peer = new HttpPeer(port)) {
            peer.sends(HttpPeer.head(port, "GET / HTTP/1.1"));
            StringBuilder so = new StringBuilder();
            while (so.indexOf("first") < 0) {
                so.append((char) peer.in().read());
            }
            seen.countDown();
            assertTrue(peer.reply().head().contains("then"));
        }
    }

    @Test
    void gameIsNotReadFasterThanTheClientReads() throws Exception {
        AtomicLong written = new AtomicLong();
        byte[] piece = new byte[64 * 1024];
        int pieces = 1024;
        game.answers(
                (_, _, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    for (int i = 0; i < pieces; i++) {
                        out.write(piece);
                        written.addAndGet(piece.length);
                    }
                });
        try (HttpPeer peer = new HttpPeer(port)) {
            peer.sends(HttpPeer.head(port, "GET / HTTP/1.1"));
            assertEquals('H', peer.in().read());
            long before;
            do { // until nothing moves any more
                before = written.get();
                Thread.sleep(200);
            } while (written.get() > before);
            assertTrue(
                    before < 32L << 20, before + " bytes were taken of a client that reads none");
            byte[] rest = peer.in().readAllBytes();
            assertTrue(rest.length >= pieces * piece.length, rest.length + " bytes came");
        }
    }

    @Test
    void answerThatBreaksOffIsSeenToBeIncomplete() {
        game.answers(
                (_, _, out) ->
                        out.write(
                                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
                                        .getBytes(StandardCharsets.US_ASCII)));
        HttpPeer.Reply reply = HttpPeer.gets(port, "/");
        assertEquals("100", reply.header("Content-Length"));
        assertNotEquals(100, reply.body().length());
    }

    // What is odd.

    @Test
    void oddAddressesAreAnsweredByWords() {
        List<String> odd = new ArrayList<>();
        for (int c = 1; c < 256; c++) {
            char character = (char) c;
            if (character != ' ' && character != '\r' && character != '\n') {
                odd.add("/" + character);
                odd.add("/?" + character);
                odd.add("/x?a=" + character + character);
            }
        }
        odd.addAll(
                List.of(
                        "*",
                        "x",
                        "//",
                        "//evil.example/",
                        "///",
                        "/%",
                        "/%2",
                        "/%zz",
                        "/%2F",
                        "/%2e%2e/",
                        "/..",
                        "/../..",
                        "/a/../b",
                        "/..;/x",
                        "/;a=b",
                        "/%00",
                        "/%0d%0aX: y",
                        "/?%",
                        "/?%zz",
                        "/?%00",
                        "/?a=|b|",
                        "/?q={x}[y]^`\\",
                        "/#x",
                        "/?#x",
                        "/?x#",
                        "/%ff",
                        "/%c3%28",
                        "/\u00e4",
                        "/?\u00e4",
                        "http://evil.example/",
                        "http://evil.example:1/x",
                        "http://",
                        "http:///x",
                        "https://localhost/",
                        "ftp://localhost/",
                        "mailto:x",
                        "/x?" + "y".repeat(7000),
                        "/" + "%41".repeat(2000),
                        "/?a=1&&&=;",
                        "/.",
                        "/./",
                        "/%252F",
                        "/\\..\\x",
                        "/?http://x/",
                        "/[::1]/",
                        "/:x",
                        "@",
                        "/@x",
                        "localhost:80",
                        "?",
                        "?x",
                        "/%uff0e",
                        "/?%u0041"));
        assertTrue(odd.size() > 200);
        List<String> wrong = new ArrayList<>();
        for (String path : odd) {
            HttpPeer.Reply reply = HttpPeer.gets(port, path);
            if (reply.status() != 200 && reply.status() != 400 && reply.status() != 404) {
                wrong.add(path + ": " + reply.head());
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** Programs differ on what such an address means. */
    @Test
    void ambiguousAddressIsRefusedAndCounted() {
        for (String path : List.of("/a%2Fb", "/%2e%2e/admin", "/..;/admin", "/%00")) {
            assertEquals(400, HttpPeer.gets(port, path).status(), path);
        }
        assertEquals(4, portal.meters().count("malformed http_request"));
        assertEquals(List.of(), game.asked());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/?a=|b|{c}^`\\ /?a=%7Cb%7C%7Bc%7D%5E%60%5C",
                "/?a[]=1&b='2' /?a[]=1&b='2'",
                "/?a=100% /?a=100%25",
                "/?a=%41%zz /?a=%41%25zz",
                "/a%20b /a%20b",
                "/a/../b /a/../b",
            })
    void whatBrowsersSendReachesTheGame(String sent, String received) {
        assertEquals("fine", HttpPeer.gets(port, sent).body());
        assertEquals(
                "GET " + received + " HTTP/1.1",
                game.onlyRequest().lines().findFirst().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT localhost:80", "CONNECT /", "OPTIONS *", "PRI *", "G@T /"})
    void oddMethodsAreAnsweredByWords(String line) {
        int status = HttpPeer.asks(port, line + " HTTP/1.1", "").status();
        assertTrue(status >= 400 && status < 500, line + " is answered " + status);
        assertEquals(List.of(), game.asked());
    }

    @Test
    void clientOfHttp10IsServed() {
        HttpPeer.Reply reply;
        try (HttpPeer peer = new HttpPeer(port)) {
            reply = peer.sends("GET /old HTTP/1.0\r\n\r\n").reply();
        }
        assertEquals("fine", reply.body());
    }

    // While it is away.

    @Test
    void pageReloadsItselfWhileTheGameIsAway() {
        game.close();
        HttpPeer.Reply reply = HttpPeer.gets(port, "/", "Accept: text/html,*/*;q=0.8");
        assertEquals(503, reply.status());
        assertEquals("5", reply.header("Retry-After"));
        assertEquals("no-store", reply.header("Cache-Control"));
        assertTrue(reply.body().contains("<meta http-equiv=\"refresh\" content=\"5\">"));
        assertTrue(reply.header("Content-Security-Policy").startsWith("default-src 'none';"));
        assertEquals(1, portal.meters().count("refused website_away"));
        try (GameSite back = new GameSite(game.at().port())) {
            assertEquals("fine", HttpPeer.gets(port, "/").body());
            assertEquals(1, back.asked().size());
        }
    }

    @Test
    void formThatDidNotArriveIsNotSentAgainByItself() {
        game.close();
        HttpPeer.Reply reply =
                HttpPeer.asks(
                        port, "POST /x HTTP/1.1", "a=1", "Content-Length: 3", "Accept: text/html");
        assertEquals(503, reply.status());
        assertFalse(reply.body().contains("refresh"), reply.body());
        assertTrue(reply.body().contains("go back and send it again"), reply.body());
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, application/json",
        "text/plain, text/plain; charset=utf-8",
        "'application/json;q=0.5, text/html', text/html; charset=utf-8",
        "image/png, text/html; charset=utf-8",
        "*/*, text/html; charset=utf-8",
    })
    void programsAreAnsweredInTheirForm(String accepted, String type) {
        game.close();
        HttpPeer.Reply reply = HttpPeer.gets(port, "/api/", "Accept: " + accepted);
        assertEquals(503, reply.status());
        assertEquals(type, reply.header("Content-Type"));
        assertEquals("5", reply.header("Retry-After"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSH-2.0-OpenSSH\r\n", "HTTP/1.1 999999 x\r\n\r\n"})
    void gameThatAnswersNonsenseIsAway(String nonsense) {
        game.answers((_, _, out) -> out.write(nonsense.getBytes(StandardCharsets.US_ASCII)));
        assertEquals(503, HttpPeer.gets(port, "/").status());
    }

    // How many.

    @Test
    void oneAddressHasSoManyRequestsUnderWay() {
        CountDownLatch done = new CountDownLatch(1);
        game.answers(
                (_, _, out) -> {
                    await(done);
                    GameSite.say(out, "HTTP/1.1 200 OK", "fine");
                });
        List<HttpPeer> waiting = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            waiting.add(new HttpPeer(port).sends(HttpPeer.head(port, "GET / HTTP/1.1")));
        }
        Await.equal(24, () -> game.asked().size());
        assertEquals(503, HttpPeer.gets(port, "/").status());
        assertEquals(1, portal.meters().count("refused website_per_address"));
        done.countDown();
        for (HttpPeer peer : waiting) {
            assertEquals("fine", peer.reply().body());
            peer.close();
        }
        Await.equal(200, () -> HttpPeer.gets(port, "/").status());
    }

    @Test
    void gameHasSoManyConnectionsAndTheOthersWait() {
        portal.trusts("127.0.0.0/8");
        CountDownLatch done = new CountDownLatch(1);
        game.answers(
                (_, _, out) -> {
                    await(done);
                    GameSite.say(out, "HTTP/1.1 200 OK", "fine");
                });
        List<HttpPeer> waiting = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            String from = "X-Forwarded-For: 192.0.2." + i;
            waiting.add(new HttpPeer(port).sends(HttpPeer.head(port, "GET / HTTP/1.1", from)));
        }
        Await.equal(64, game::connections);
        done.countDown();
        for (HttpPeer peer : waiting) {
            assertEquals("fine", peer.reply().body());
            peer.close();
        }
    }

    private static String read(InputStream in, int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
