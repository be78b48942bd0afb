package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.testing.RecordingPortal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Our own page, as a browser asks for it. */
class PageTest {
    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final WebSockets web = new WebSockets(portal, WebSockets.CONFIG);
    private final int port = web.port("web");

    @AfterEach
    void close() {
        web.close();
        portal.close();
    }

    private HttpPeer.Reply get(String path, String... headers) {
        return HttpPeer.asks(port, "GET " + path + " HTTP/1.1", "", headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/play/", "/play/index.html", "/?utm=1", "/play/?x=..%2f"})
    void pageIsHere(String path) {
        HttpPeer.Reply answer = get(path);
        assertEquals(200, answer.status());
        assertEquals("text/html; charset=utf-8", answer.header("Content-Type"));
        assertTrue(answer.body().startsWith("<!doctype html>"), answer::body);
    }

    @ParameterizedTest
    @CsvSource({
        "/lychgate.js,      text/javascript; charset=utf-8",
        "/play/lychgate.js, text/javascript; charset=utf-8",
    })
    void filesHaveTheirMediaType(String path, String type) {
        HttpPeer.Reply answer = get(path);
        assertEquals(200, answer.status());
        assertEquals(type, answer.header("Content-Type"));
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
    }

    @Test
    void folderWithoutItsSlashLeadsToItRelatively() {
        HttpPeer.Reply answer = get("/play");
        assertEquals(302, answer.status());
        assertEquals("./play/", answer.header("Location"));
    }

    @Test
    void browserIsToldWhatThePageMayDo() {
        HttpPeer.Reply answer = get("/play/", "Host: elm.example:4001");
        assertEquals(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                        + " media-src 'self'; connect-src 'self' ws://elm.example:4001"
                        + " wss://elm.example:4001; manifest-src 'self'; base-uri 'none';"
                        + " form-action 'none'; frame-ancestors 'self';"
                        + " require-trusted-types-for 'script'; trusted-types 'none'",
                answer.header("Content-Security-Policy"));
        assertEquals("no-referrer", answer.header("Referrer-Policy"));
        assertEquals("same-origin", answer.header("Cross-Origin-Resource-Policy"));
        assertEquals(
                "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
                answer.header("Permissions-Policy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1]:4001", "elm_example"})
    void hostThatAPolicyCannotNameIsNotNamed(String host) {
        String policy = get("/", "Host: " + host).header("Content-Security-Policy");
        assertTrue(policy.contains("connect-src 'self'; manifest-src"), policy);
    }

    @Test
    void pagesOfOtherSitesMayUseOurScript() {
        HttpPeer.Reply answer = get("/play/lychgate.js", "Origin: https://other.example");
        assertEquals("*", answer.header("Access-Control-Allow-Origin"));
        assertEquals("cross-origin", answer.header("Cross-Origin-Resource-Policy"));
        assertEquals("", get("/play/").header("Access-Control-Allow-Origin"));
    }

    // Caching and compression.

    @Test
    void browserAsksEachTimeAndIsToldThatNothingHasChanged() {
        HttpPeer.Reply first = get("/");
        assertEquals("no-cache", first.header("Cache-Control"));
        String etag = first.header("ETag");
        for (String known : new String[] {etag, "\"x\", " + etag, etag.substring(2), "*"}) {
            HttpPeer.Reply again = get("/", "If-None-Match: " + known);
            assertEquals(304, again.status(), known);
            assertEquals(0, again.bytes().length);
            assertEquals(etag, again.header("ETag"));
            assertEquals("no-cache", again.header("Cache-Control"));
        }
        assertEquals(200, get("/", "If-None-Match: \"x\"").status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip                | gzip",
                "gzip, deflate, br   | gzip",
                "br;q=1, gzip;q=0.5  | gzip",
                "gzip;q=0            | ''",
                "br                  | ''",
            })
    void fileIsCompressedForWhoeverTakesIt(String accepted, String encoding) throws IOException {
        byte[] plain = get("/play/lychgate.js").bytes();
        HttpPeer.Reply answer = get("/play/lychgate.js", "Accept-Encoding: " + accepted);
        assertEquals(encoding, answer.header("Content-Encoding"));
        assertEquals("Accept-Encoding", answer.header("Vary"));
        byte[] read =
                encoding.isEmpty()
                        ? answer.bytes()
                        : new GZIPInputStream(new ByteArrayInputStream(answer.bytes()))
                                .readAllBytes();
        assertArrayEquals(plain, read);
        assertEquals(answer.bytes().length + "", answer.header("Content-Length"));
    }

    // What is not here.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/other",
                "/play/other.js",
                "/play/lychgate/",
                "/play/lychgate",
                "/play/.",
                "/playground",
                "/index.html/",
                "/package-info.class",
            })
    void nothingElseIs(String path) {
        HttpPeer.Reply answer = get(path);
        boolean isPage = path.equals("/play/.");
        assertEquals(isPage ? 200 : 404, answer.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../etc/passwd",
                "/play/../../logback.xml",
                "/play/%2e%2e/%2e%2e/logback.xml",
                "/play/..%2f..%2flogback.xml",
                "/play/..%5c..%5clogback.xml",
                "/play/..\\..\\logback.xml",
                "/play//index.html",
                "/play/index.html%00",
                "/play/index.html%00.js",
                "/play/..;/index.html",
                "/play/%c0%ae%c0%ae/logback.xml",
            })
    void noPathLeadsOut(String path) {
        int status = get(path).status();
        assertTrue(status == 400 || status == 404, () -> path + ": " + status);
    }

    // Methods.

    @ParameterizedTest
    @ValueSource(strings = {"/", "/play/", "/play/lychgate.js"})
    void headIsAGetWithoutABody(String path) {
        HttpPeer.Reply get = get(path);
        HttpPeer.Reply head = HttpPeer.asks(port, "HEAD " + path + " HTTP/1.1", "");
        assertEquals(200, head.status());
        assertEquals(0, head.bytes().length);
        for (String name : new String[] {"Content-Length", "Content-Type", "ETag"}) {
            assertEquals(get.header(name), head.header(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"})
    void pageIsOnlyRead(String method) {
        HttpPeer.Reply answer =
                HttpPeer.asks(port, method + " /play/ HTTP/1.1", "", "Content-Length: 0");
        assertEquals(405, answer.status());
        assertEquals("GET, HEAD", answer.header("Allow"));
    }

    @Test
    void portOfWebSocketsHasNoPage() {
        assertEquals(426, HttpPeer.gets(web.port("websocket"), "/play/").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/play/", "/elsewhere"})
    void webSocketElsewhereIsToldWhereItIs(String path) {
        HttpPeer.Reply answer =
                get(
                        path,
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        assertEquals(404, answer.status());
        assertEquals("There is no WebSocket at this path, but at /ws.\n", answer.body());
    }
}
