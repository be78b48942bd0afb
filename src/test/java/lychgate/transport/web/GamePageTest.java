package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.testing.RecordingPortal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A game's own page, from the folder web.page. */
class GamePageTest {
    private static final String SECRET = "not for browsers";

    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final Path folder;
    private final WebSockets web;
    private final int port;

    GamePageTest(@TempDir Path dir) throws IOException {
        folder = Files.createDirectories(dir.resolve("page"));
        Files.writeString(dir.resolve("secret.txt"), SECRET);
        write("index.html", "<title>Elm</title>");
        write("elm.js", "import '/play/lychgate.js'");
        write("lychgate.js", "the game's own");
        write("map/index.html", "<title>Map</title>");
        write("a b/é.txt", "names");
        write("empty/note.txt", "no index");
        write(".htpasswd", SECRET);
        write(".git/config", SECRET);
        write("back\\slash.txt", SECRET);
        Files.createSymbolicLink(folder.resolve("within.html"), folder.resolve("index.html"));
        Files.createSymbolicLink(folder.resolve("out.txt"), dir.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("outside"), dir);
        web =
                new WebSockets(
                        portal,
                        new WebConfig(
                                true, 0, 0, List.of(), folder, 180, false, WebConfig.Tls.DEFAULT));
        port = web.port("web");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @AfterEach
    void close() {
        web.close();
        portal.close();
    }

    private HttpPeer.Reply get(String path, String... headers) {
        return HttpPeer.asks(port, "GET " + path + " HTTP/1.1", "", headers);
    }

    @ParameterizedTest
    @CsvSource({
        "/,               <title>Elm</title>, text/html; charset=utf-8",
        "/play/,          <title>Elm</title>, text/html; charset=utf-8",
        "/index.html,     <title>Elm</title>, text/html; charset=utf-8",
        "/within.html,    <title>Elm</title>, text/html; charset=utf-8",
        "/map/,           <title>Map</title>, text/html; charset=utf-8",
        "/play/map/,      <title>Map</title>, text/html; charset=utf-8",
        "/elm.js?v=2,     import '/play/lychgate.js', text/javascript; charset=utf-8",
        "/a%20b/%C3%A9.txt, names, text/plain; charset=utf-8",
        "/lychgate.js,    the game's own, text/javascript; charset=utf-8",
    })
    void folderStandsWhereOurPageWould(String path, String text, String type) {
        HttpPeer.Reply answer = get(path);
        assertEquals(200, answer.status());
        assertEquals(text, answer.body());
        assertEquals(type, answer.header("Content-Type"));
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
        assertEquals("no-cache", answer.header("Cache-Control"));
        assertEquals("", answer.header("Content-Security-Policy"));
    }

    @Test
    void ourScriptStaysBesideIt() {
        HttpPeer.Reply answer = get("/play/lychgate.js");
        assertEquals(200, answer.status());
        assertTrue(answer.body().contains("export"), answer::body);
    }

    @ParameterizedTest
    @CsvSource({"/map, ./map/", "/play/map, ./map/", "/play, ./play/"})
    void folderWithoutItsSlashLeadsToItRelatively(String path, String location) {
        HttpPeer.Reply answer = get(path);
        assertEquals(302, answer.status());
        assertEquals(location, answer.header("Location"));
    }

    @Test
    void changedFileIsServedAtOnce() throws IOException {
        String etag = get("/").header("ETag");
        assertEquals(304, get("/", "If-None-Match: " + etag).status());
        write("index.html", "<title>Elm, new</title>");
        HttpPeer.Reply answer = get("/", "If-None-Match: " + etag);
        assertEquals(200, answer.status());
        assertEquals("<title>Elm, new</title>", answer.body());
    }

    @Test
    void soundCanBeReadInParts() {
        HttpPeer.Reply answer = get("/index.html", "Range: bytes=1-5");
        assertEquals(206, answer.status());
        assertEquals("title", answer.body());
        assertEquals("bytes 1-5/18", answer.header("Content-Range"));
        assertEquals(416, get("/index.html", "Range: bytes=99-").status());
    }

    @Test
    void headIsAGetWithoutABody() {
        HttpPeer.Reply answer = HttpPeer.asks(port, "HEAD / HTTP/1.1", "");
        assertEquals(200, answer.status());
        assertEquals("18", answer.header("Content-Length"));
        assertEquals(0, answer.bytes().length);
    }

    @Test
    void pageIsOnlyRead() {
        assertEquals(
                405,
                HttpPeer.asks(port, "PUT /new.html HTTP/1.1", "", "Content-Length: 0").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/empty/",
                "/empty",
                "/other.html",
                "/index.html/",
                "/.htpasswd",
                "/.git/config",
                "/play/.git/config",
                "/out.txt",
                "/outside/secret.txt",
                "/back%5cslash.txt",
                "/back\\slash.txt",
                "/../secret.txt",
                "/play/../../secret.txt",
                "/%2e%2e/secret.txt",
                "/map/%2e%2e/%2e%2e/secret.txt",
                "/map/..%2f..%2fsecret.txt",
                "/..%5csecret.txt",
                "/..;/secret.txt",
                "//secret.txt",
                "/play//index.html",
                "/index.html%00",
                "/index.html%00.txt",
                "/%c0%ae%c0%ae/secret.txt",
                "/%252e%252e/secret.txt",
            })
    void nothingElseIsServed(String path) {
        HttpPeer.Reply answer = get(path);
        int status = answer.status();
        assertTrue(status == 400 || status == 404, () -> path + ": " + status);
        assertTrue(!answer.body().contains(SECRET), answer::body);
    }

    @Test
    void fileThatIsTooLargeIsNotServed() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("film.mp4").toFile(), "rw")) {
            file.setLength(16 << 20);
            assertEquals(16 << 20, get("/film.mp4").bytes().length);
            file.setLength((16 << 20) + 1);
            assertEquals(404, get("/film.mp4").status());
            assertEquals(1, portal.meters().count("refused page_file"));
        }
    }
}
