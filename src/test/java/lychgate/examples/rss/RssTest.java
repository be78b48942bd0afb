package lychgate.examples.rss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import lychgate.session.CommandTuple;
import lychgate.session.Login;
import lychgate.testing.Await;
import lychgate.testing.GivenSettings;
import lychgate.testing.RecordingGame;
import lychgate.testing.RecordingPortal;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** The reader, between a game and a web server that a test fills. */
class RssTest {
    private static final Login ACCOUNT = new Login(true, 7L, null, null);

    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final RecordingGame game = portal.game();
    private final AtomicInteger looks = new AtomicInteger();
    private final List<String> conditions = new ArrayList<>();
    private final HttpServer web;
    private volatile byte[] feed = new byte[0];
    private volatile byte @Nullable [] looked;
    private volatile int status = 200;

    RssTest() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        web.createContext("/feed", this::answer);
        web.createContext("/moved", RssTest::redirect);
        web.createContext("/drip", RssTest::drip);
        web.setExecutor(task -> Thread.ofVirtual().start(task));
    }

    @BeforeEach
    void start() {
        web.start();
        Rss rss = new Rss();
        rss.configure(new GivenSettings(Map.of("least_seconds", 1)));
        rss.start(portal);
    }

    @AfterEach
    void close() {
        portal.sessions().ids().forEach(id -> game.disconnect(id, "the test is over"));
        web.stop(0);
        portal.close();
    }

    @Test
    void firstLookIsSilentAndThenEachNewEntryIsToldOldestFirst() {
        publish(item("one"));
        reads("/feed");
        game.hears("1 connected", "1 settled");
        Await.until("a look", () -> looks.get() > 0);
        publish(item("three"), item("two"), item("one"));
        game.hears(told("two"), told("three"));
        publish(item("four"), item("three"), item("two"), item("one"));
        game.hears(told("four"));
    }

    @Test
    void entryThatHasChangedIsToldAgain() {
        String atom =
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>t</title><entry><id>x</id>"
                        + "<title>news</title><updated>2026-11-%sT12:00:00Z</updated>"
                        + "<link href=\"https://example.org/x\"/></entry></feed>";
        feed = bytes(atom.formatted("20"));
        reads("/feed");
        game.hears("1 connected", "1 settled");
        Await.until("a look", () -> looks.get() > 0);
        feed = bytes(atom.formatted("21"));
        Await.until("the news", () -> game.told("bot_data_in").size() == 1);
        assertTrue(game.told("bot_data_in").getFirst().contains("[news - https://example.org/x]"));
    }

    @Test
    void feedThatHasNotChangedIsNotSentAgain() {
        publish(item("one"));
        reads("/feed");
        Await.until("three looks", () -> looks.get() >= 3);
        synchronized (conditions) {
            assertEquals(List.of("null", "\"1\"", "\"1\""), conditions.subList(0, 3));
        }
    }

    @Test
    void redirectsAreFollowed() {
        publish(item("one"));
        reads("/moved");
        Await.until("a look", () -> looks.get() > 0);
    }

    @Test
    void feedThatCannotBeReadIsCountedAndReadAgain() {
        status = 500;
        reads("/feed");
        everyLookHasFailed();
        status = 200;
        feed = bytes("<html>no feed</html>");
        everyLookHasFailed();
        feed = bytes("no xml");
        everyLookHasFailed();
        publish(item("one"));
        Await.until("a look that works", () -> Arrays.equals(looked, feed));
        publish(item("two"), item("one"));
        game.hears("1 connected", "1 settled", told("two"));
    }

    @Test
    void feedThatIsTooLargeIsNotRead() {
        feed = new byte[Download.MAX_BYTES + 1];
        reads("/feed");
        Await.until("a failure", () -> failures() > 0);
    }

    @Test
    void feedThatTakesTooLongIsNotWaitedFor() throws Exception {
        java.net.URI drip = java.net.URI.create("http://127.0.0.1:" + port() + "/drip");
        try (Download download = new Download(drip, java.time.Duration.ofMillis(300))) {
            org.junit.jupiter.api.Assertions.assertThrows(IOException.class, download::fetch);
        }
    }

    @Test
    void nothingOutsideTheFeedIsReadAndNoEntityIsExpanded() {
        feed =
                bytes(
                        "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                                + "<rss version=\"2.0\"><channel><item><title>&x;</title></item>"
                                + "</channel></rss>");
        reads("/feed");
        Await.until("a failure", () -> failures() > 0);
    }

    @Test
    void whatAFeedSaysIsNoMarkupAndActsOnNoTerminal() {
        publish(item("one"));
        reads("/feed");
        game.hears("1 connected", "1 settled");
        Await.until("a look", () -> looks.get() > 0);
        publish(item("|lcquit|ltx|le \u202ereversed\u0085"), item("one"));
        Await.until("the news", () -> game.told("bot_data_in").size() == 1);
        String told = game.told("bot_data_in").getFirst();
        assertTrue(told.contains("[||lcquit||ltx||le reversed"), told);
        assertTrue(told.chars().noneMatch(Character::isISOControl), told);
    }

    @Test
    void longTitlesAreCutAndOfManyEntriesTheFirstAreRead() throws IOException {
        String[] many =
                IntStream.range(0, 10_000).mapToObj(i -> item("n" + i)).toArray(String[]::new);
        assertEquals(Feed.MAX_ENTRIES, Feed.entries(rss(many)).size());
        Entry entry = Feed.entries(rss(item("x".repeat(10_000)))).getFirst();
        assertEquals(Entry.MAX_TEXT, entry.title().length());
    }

    @Test
    void whatIsRememberedIsBounded() {
        SeenEntries seen = new SeenEntries();
        List<Entry> first = List.of(new Entry("first", "first", ""));
        assertEquals(List.of(), seen.news(first));
        for (int i = 0; i < 2 * SeenEntries.MAX_REMEMBERED; i++) {
            Entry next = new Entry("id" + i, "t", "");
            assertEquals(List.of(next), seen.news(List.of(next)));
            assertEquals(List.of(), seen.news(List.of(next)));
        }
        assertEquals(first, seen.news(first), "forgotten, and so new again");
    }

    @Test
    void filesAreNoFeeds() {
        for (String url :
                List.of("file:///etc/passwd", "ftp://example.org/x", "feed", "", "http:")) {
            game.portal().connectOutwards("rss", ACCOUNT, Map.of("url", url));
        }
        assertEquals(5, portal.meters().count("refused outbound_config"));
        assertEquals(List.of(), portal.sessions().ids());
    }

    @Test
    void gameIsToldNothingMoreOfAReaderThatItHasEnded() {
        publish(item("one"));
        reads("/feed");
        game.hears("1 connected", "1 settled");
        game.disconnect(1, "done");
        game.send(1, CommandTuple.of("channel", "x"));
        game.hears("1 disconnected: done");
        Await.until(
                "the reader to end",
                () ->
                        Thread.getAllStackTraces().keySet().stream()
                                .noneMatch(t -> t.getName().startsWith("HttpClient")));
    }

    private void reads(String path) {
        Map<String, Object> config = new HashMap<>();
        config.put("url", "http://127.0.0.1:" + port() + path);
        config.put("rate", 1L);
        game.portal().connectOutwards("evennia.server.portal.rss.RSSBotFactory", ACCOUNT, config);
    }

    private int port() {
        return web.getAddress().getPort();
    }

    private long failures() {
        return portal.meters().count("malformed rss_feed");
    }

    private String told(String title) {
        String link = "https://example.org/" + title;
        return "1 bot_data_in [%s - %s] {type=entry, title=%s, link=%s, feed=http://127.0.0.1:%d/feed}"
                .formatted(title, link, title, link, port());
    }

    /** Also a look at what there is now. */
    private void everyLookHasFailed() {
        Await.until("a look", () -> Arrays.equals(looked, feed));
        int all = looks.get();
        Await.until("each to fail", () -> failures() >= all);
    }

    private static String item(String title) {
        return "<item><title>%s</title><link>https://example.org/%s</link></item>"
                .formatted(title, title.replaceAll("[^a-z0-9]", ""));
    }

    private void publish(String... items) {
        feed = rss(items);
    }

    private static byte[] rss(String... items) {
        return bytes(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel>"
                        + "<title>t</title><link>https://example.org</link>"
                        + "<description>d</description>"
                        + String.join("", items)
                        + "</channel></rss>");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] now = feed;
        synchronized (conditions) {
            conditions.add(String.valueOf(exchange.getRequestHeaders().getFirst("If-None-Match")));
        }
        exchange.getResponseHeaders().add("ETag", "\"1\"");
        exchange.sendResponseHeaders(status, now.length == 0 ? -1 : now.length);
        exchange.getResponseBody().write(now);
        exchange.close();
        looks.incrementAndGet();
        looked = now;
    }

    private static void redirect(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Location", "/feed");
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    /** Sends a byte now and then. */
    private static void drip(HttpExchange exchange) {
        try {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 1_000; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(20_000_000);
            }
        } catch (IOException e) {
            exchange.close(); // the reader has gone, as it should
        }
    }
}
