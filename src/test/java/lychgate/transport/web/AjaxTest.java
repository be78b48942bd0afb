package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.oob.Json;
import lychgate.session.CommandTuple;
import lychgate.session.Departure;
import lychgate.session.Fact;
import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** {@code POST /webclientdata}: Evennia's modes, who may use them, and their bounds. */
class AjaxTest {
    private static final String LOOK = "[\"text\",[\"look\"],{}]";
    private static final String HELLO = "[\"text\",[\"Hello.\"],{}]";

    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final WebSockets web = new WebSockets(portal, WebSockets.CONFIG);
    private final AjaxPlayer anna = new AjaxPlayer(web.port("web"), () -> {});

    AjaxTest() {
        portal.game().awaits("1 settled");
    }

    @AfterEach
    void close() {
        anna.close();
        web.close();
        portal.close();
    }

    /** The head of a request whose body the test sends itself. */
    private static String head(String bodyHeader) {
        List<String> lines =
                List.of(
                        "POST /webclientdata HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
                        bodyHeader);
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private AjaxPeer connects() {
        return new AjaxPeer(web.port("web"));
    }

    /** The system remembers how much each address took before, and keeps more for those. */
    private static InetAddress neverSeen() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] address = {127, (byte) random.nextInt(1, 255), (byte) random.nextInt(255), 9};
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static String init(String csessid) {
        return AjaxPeer.form("mode", "init", "csessid", csessid, "cuid", "page");
    }

    /** Sends one form over a connection of its own. */
    private AjaxPeer.Answer posts(String form, String... headers) {
        try (AjaxPeer peer = connects()) {
            return peer.posts(form, headers).answer();
        }
    }

    private void passes(int seconds) {
        web.tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
    }

    // init

    @Test
    void sessionBeginsWithItsId() {
        AjaxPeer.Answer hello = posts(init("") + "&browserstr=chrome");
        assertEquals(200, hello.status());
        assertEquals(List.of("text/html; charset=utf-8"), hello.header("Content-Type"));
        assertEquals(List.of("no-store"), hello.header("Cache-Control"));
        assertEquals("Test (localhost:" + web.port("web") + ")", hello.field("msg"));
        portal.game().awaits("2 settled");
        assertEquals(2, portal.meters().count("opened ajax"));
        assertEquals(
                "Evennia Webclient (ajax:chrome)", portal.facts(2).get(Fact.CLIENT, "unknown"));
    }

    @Test
    void idsAreLongAndNeverTheSame() {
        String one = posts(init("")).field("csessid");
        String two = posts(init("")).field("csessid");
        assertNotEquals(one, two);
        assertEquals(22, one.length()); // 128 bits in base 64
    }

    @Test
    void idThatThePageBringsFromTheWebsiteIsKept() {
        String key = "q7w8e9r0t1z2u3i4o5p6a7s8d9f0g1h2";
        assertEquals(key, posts(init(key)).field("csessid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "None", "1234567890", "<script>alert(1)</script>aaaaaa"})
    void idThatCouldBeGuessedIsReplaced(String brought) {
        assertEquals(22, posts(init(brought)).field("csessid").length());
    }

    @Test
    void pageThatBeginsAnewLeavesItsSession() {
        String key = "q7w8e9r0t1z2u3i4o5p6a7s8d9f0g1h2";
        posts(init(key));
        portal.game().awaits("2 settled");
        posts(init(key));
        portal.game().awaits("3 settled").awaits("2 disconnected: connection lost");
        assertEquals(2, portal.places());
    }

    @Test
    void whatABrowserIsMadeToShowRunsNothing() {
        AjaxPeer.Answer hello = posts(init(""));
        assertEquals(List.of("nosniff"), hello.header("X-Content-Type-Options"));
        assertEquals(
                List.of("default-src 'none'; sandbox"), hello.header("Content-Security-Policy"));
    }

    /** Addresses end up in logs and histories. */
    @ParameterizedTest
    @ValueSource(strings = {"init", "receive", "input", "keepalive", "close"})
    void idInTheAddressIsWorthNothing(String mode) {
        String query = anna.form(mode) + "&data=" + LOOK.replace("\"", "%22");
        try (AjaxPeer peer = connects()) {
            List<String> headers = List.of("Content-Type: application/x-www-form-urlencoded");
            AjaxPeer.Answer answer =
                    peer.asks("POST /webclientdata?" + query, "", headers).answer();
            assertEquals(410, answer.status());
        }
        assertEquals(1, portal.asked().size());
        portal.game().text(1, "Hello.");
        assertEquals(HELLO, anna.polls().body());
        assertEquals(List.of(), portal.game().lines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void nothingButPostIsAnswered(String method) {
        try (AjaxPeer peer = connects()) {
            AjaxPeer.Answer answer =
                    peer.asks(method + " /webclientdata?mode=init", "", List.of()).answer();
            assertEquals(405, answer.status());
            assertEquals(List.of("POST"), answer.header("Allow"));
        }
        assertEquals(1, portal.asked().size());
    }

    @Test
    void thereIsNoAjaxOnThePortOfWebSockets() {
        try (AjaxPeer peer = new AjaxPeer(web.port("websocket"))) {
            assertEquals(426, peer.posts(init("")).answer().status());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "null, 403",
        "http://evil.example, 403",
        "http://localhost.evil.example, 403",
        "http://localhost:PORT, 200",
    })
    void pagesOfOtherSitesAreRefused(String origin, int status) {
        String said = origin.replace("PORT", Integer.toString(web.port("web")));
        assertEquals(status, posts(init(""), "Origin: " + said).status());
        assertEquals(status == 403 ? 1 : 0, portal.meters().count("refused origin"));
        assertEquals(status == 403 ? 1 : 2, portal.asked().size());
    }

    @ParameterizedTest
    @CsvSource({"connections, 503", "banned, 403"})
    void whoMayNotConnectIsToldWhy(String reason, int status) {
        portal.refuses(reason, "Not now.");
        AjaxPeer.Answer answer = posts(init(""));
        assertEquals(status, answer.status());
        assertEquals("Not now.\n", answer.body());
        assertEquals(1, portal.places());
        assertEquals(1, portal.meters().count("refused " + reason));
    }

    @Test
    void clientBehindATrustedProxyIsKnownByItsOwnAddress() {
        portal.trusts("127.0.0.0/8");
        posts(init(""), "X-Forwarded-For: 10.9.9.9, 192.0.2.7");
        assertEquals("192.0.2.7", portal.asked().getLast());
        portal.game().awaits("2 settled");
        assertEquals("192.0.2.7", portal.game().address(2));
    }

    // receive

    @Test
    void pollIsHeldUntilThereIsAMessage() {
        anna.ear().posts(anna.form("receive"));
        Await.equal(1L, web::polled);
        assertFalse(anna.ear().hasAnswer());
        portal.game().text(1, "Hello.");
        assertEquals(HELLO, anna.ear().answer().body());
    }

    @Test
    void eachPollTakesOneMessageInOrder() {
        List<String> names = IntStream.range(0, 100).mapToObj(i -> "n" + i).toList();
        names.forEach(name -> portal.game().send(1, CommandTuple.of(name)));
        for (String name : names) {
            assertEquals("[\"%s\",[],{}]".formatted(name), anna.polls().body());
        }
    }

    @Test
    void longMessageComesWhole() {
        String words = "x".repeat(300_000);
        portal.game().text(1, words);
        assertEquals("[\"text\",[\"" + words + "\"],{}]", anna.polls().body());
        Await.equal(0L, () -> portal.unsent(1));
    }

    @Test
    void charactersAreNotEscaped() {
        portal.game().text(1, "naïve 世界 😀");
        assertEquals("[\"text\",[\"naïve 世界 😀\"],{}]", anna.polls().body());
    }

    @Test
    void pollEndsTheOneBeforeIt() {
        anna.ear().posts(anna.form("receive"));
        try (AjaxPeer other = connects()) {
            Await.equal(1L, web::polled);
            other.posts(anna.form("receive"));
            AjaxPeer.Answer first = anna.ear().answer();
            assertEquals(200, first.status());
            assertEquals("", first.body());
            assertFalse(other.hasAnswer());
            portal.game().text(1, "Hello.");
            assertEquals(HELLO, other.answer().body());
        }
    }

    @Test
    void pollThatIsHeldForLongAsksWhetherTheClientIsThere() {
        anna.ear().posts(anna.form("receive"));
        Await.equal(1L, web::polled);
        passes(24);
        assertFalse(anna.ear().hasAnswer());
        Await.until(
                "an answer",
                () -> {
                    passes(26);
                    return anna.ear().hasAnswer();
                });
        assertEquals("[\"ajax_keepalive\",[],{}]", anna.ear().answer().body());
        portal.game().text(1, "Hello.");
        assertEquals(HELLO, anna.polls().body());
    }

    @Test
    void messageOfALostPollGoesToTheNext() {
        anna.ear().posts(anna.form("receive"));
        Await.equal(1L, web::polled);
        anna.ear().reset();
        portal.game().text(1, "Hello.");
        try (AjaxPeer other = connects()) {
            assertEquals(HELLO, other.posts(anna.form("receive")).answer().body());
        }
    }

    @Test
    void messageThatADeadConnectionDoesNotTakeGoesToTheNextPoll() {
        String words = "x".repeat(3_800_000); // more than the systems keep for a stranger
        try (AjaxPeer dead = new AjaxPeer(web.port("web"), neverSeen());
                AjaxPeer other = connects()) {
            dead.posts(anna.form("receive"));
            Await.equal(1L, web::polled);
            portal.game().text(1, words);
            Await.equal(0L, web::polled);
            other.posts(anna.form("receive"));
            Await.equal(1L, web::polled);
            assertFalse(other.hasAnswer());
            Await.until(
                    "the message",
                    () -> {
                        passes(3);
                        return other.hasAnswer();
                    });
            assertEquals(words.length() + 16, other.answer().body().length());
        }
    }

    @Test
    void whatHasNotBeenPolledIsUnsent() {
        portal.game().text(1, "x".repeat(1000));
        portal.game().text(1, "Hello.");
        Await.until("output", () -> portal.unsent(1) > 1000);
        anna.polls();
        assertTrue(portal.unsent(1) > 0);
        anna.polls();
        Await.equal(0L, () -> portal.unsent(1));
        assertTrue(portal.meters().count("bytes OUT") > 1000);
    }

    // input

    @Test
    void inputIsAnsweredWithAnEmptyTextAndReachesTheGame() {
        AjaxPeer.Answer answer = anna.mouth().posts(anna.input(LOOK)).answer();
        assertEquals(200, answer.status());
        assertEquals("\"\"", answer.body());
        assertEquals(List.of("look"), portal.game().lines());
    }

    @Test
    void eachLineOfATextIsALine() {
        anna.mouth().posts(anna.input("[\"text\",[\"one\\ntwo\\n\"],{}]")).answer();
        assertEquals(List.of("one", "two"), portal.game().lines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a+b&c=d%20e;f", "é 世界 😀", "\"quoted\" \\ /"})
    void everyCharacterTravels(String line) {
        anna.mouth().posts(anna.input(Json.write(CommandTuple.text(line)))).answer();
        assertEquals(List.of(line), portal.game().lines());
    }

    @Test
    void otherCommandsHaveTheirArguments() {
        anna.mouth().posts(anna.input("[\"foo\",[\"a\",1],{\"k\":\"v\"}]")).answer();
        portal.game().awaits("1 foo [a, 1] {k=v}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[\"text\"]", "[1,2,3]", "\"text\"", "[[[[[[[[[[[["})
    void whatIsNoMessageIsDroppedAndCounted(String data) {
        assertEquals("\"\"", anna.mouth().posts(anna.input(data)).answer().body());
        assertEquals(1, portal.meters().count("malformed v1"));
        anna.mouth().posts(anna.input(LOOK)).answer();
        assertEquals(List.of("look"), portal.game().lines());
    }

    @ParameterizedTest
    @ValueSource(ints = {64 * 1024 + 1, 300_000})
    void messageThatIsTooLongIsRefusedAndTheSessionLives(int length) {
        try (AjaxPeer peer = connects()) {
            String data = " ".repeat(length - LOOK.length()) + LOOK;
            assertEquals(413, peer.posts(anna.input(data)).answer().status());
        }
        assertEquals(1, portal.meters().count("refused ajax_message"));
        String longest = " ".repeat(64 * 1024 - LOOK.length()) + LOOK;
        anna.mouth().posts(anna.input(longest)).answer();
        assertEquals(List.of("look"), portal.game().lines());
    }

    @Test
    void bodyThatIsFarTooLongIsNotRead() {
        try (AjaxPeer peer = connects()) {
            peer.sends(head("Content-Length: 3000000"));
            assertEquals(413, peer.answer().status());
        }
    }

    @Test
    void messageMayComeInPieces() {
        try (AjaxPeer peer = connects()) {
            String form = anna.input(LOOK);
            peer.sends(head("Transfer-Encoding: chunked"));
            for (int at = 0; at < form.length(); at += 10) {
                String piece = form.substring(at, Math.min(form.length(), at + 10));
                peer.sends(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
            }
            assertEquals("\"\"", peer.sends("0\r\n\r\n").answer().body());
        }
        assertEquals(List.of("look"), portal.game().lines());
    }

    @Test
    void clientThatSendsTooMuchAtOnceIsRefusedUntilThatIsProcessed() {
        portal.game().neverConsumes();
        anna.mouth().posts(anna.input("[\"text\",[\"" + "a\\n".repeat(100) + "\"],{}]"));
        Await.until("the client is not read", () -> portal.isHeld(1));
        List<AjaxPeer> more = IntStream.range(0, 17).mapToObj(_ -> connects()).toList();
        more.forEach(peer -> peer.posts(anna.input(LOOK)));
        Await.equal(1L, () -> portal.meters().count("refused ajax_input"));
        Await.equal(1L, () -> more.stream().filter(AjaxPeer::hasAnswer).count());
        AjaxPeer refused = more.stream().filter(AjaxPeer::hasAnswer).findFirst().orElseThrow();
        assertEquals(429, refused.answer().status());
        more.forEach(AjaxPeer::close);
        Await.until(
                "all that was taken",
                () -> {
                    portal.game().portal().consumed(1, 1);
                    return portal.game().lines().size() == 100 + 16;
                });
    }

    @Test
    void clientThatWaitsForLongIsAnsweredBeforeItGivesUp() {
        portal.game().neverConsumes();
        anna.mouth().posts(anna.input("[\"text\",[\"" + "a\\n".repeat(100) + "\"],{}]"));
        Await.until("the client is not read", () -> portal.isHeld(1));
        passes(19);
        assertFalse(anna.mouth().hasAnswer());
        Await.until(
                "an answer",
                () -> {
                    passes(21);
                    return anna.mouth().hasAnswer();
                });
        assertEquals("\"\"", anna.mouth().answer().body());
    }

    // Other requests.

    @ParameterizedTest
    @ValueSource(strings = {"keepalive", "nonsense", ""})
    void whatHasNothingToSayAnswersAnEmptyText(String mode) {
        AjaxPeer.Answer answer = anna.mouth().posts(anna.form(mode)).answer();
        assertEquals(200, answer.status());
        assertEquals("\"\"", answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"receive", "input", "keepalive", "close", "nonsense", ""})
    void unknownIdIsRefusedAtOnce(String mode) {
        AjaxPeer.Answer answer =
                posts(AjaxPeer.form("mode", mode, "csessid", "a".repeat(32), "cuid", "page"));
        assertEquals(410, answer.status());
        assertEquals(1, portal.meters().count("refused ajax_session"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"receive", "input", "close"})
    void idOfAnotherIsWorthNothingWithoutTheirPagesId(String mode) {
        String form = anna.form(mode).replace("cuid=", "cuid=x");
        assertEquals(410, posts(form).status());
        portal.game().text(1, "Hello.");
        assertEquals(HELLO, anna.polls().body());
    }

    @ParameterizedTest
    @CsvSource({
        "mode=%zz&csessid=%, application/x-www-form-urlencoded, 400",
        "a&b&c&d&e&f&g&h&i&j&k&l&m&n&o&p&q, application/x-www-form-urlencoded, 400",
        "'', application/x-www-form-urlencoded, 410",
        "mode=init, multipart/form-data, 400",
        "mode=init, text/plain, 400",
        "{\"mode\":\"init\"}, application/json, 400",
    })
    void whatIsNoFormIsRefused(String body, String type, int status) {
        try (AjaxPeer peer = connects()) {
            List<String> headers = List.of("Content-Type: " + type);
            assertEquals(status, peer.asks("POST /webclientdata", body, headers).answer().status());
        }
        assertEquals(status == 400 ? 1 : 0, portal.meters().count("malformed ajax"));
    }

    @Test
    void incompleteBodiesTakeNoMoreThanTheirShareOfMemory() {
        String head = head("Content-Length: 190000") + "mode=";
        List<AjaxPeer> slow = IntStream.range(0, 24).mapToObj(_ -> connects()).toList();
        slow.forEach(peer -> peer.sends(head + "x".repeat(180_000)));
        Await.until(
                "the slowest to be closed", () -> portal.meters().count("refused ajax_bodies") > 0);
        assertEquals("\"\"", anna.mouth().posts(anna.input(LOOK)).answer().body());
        slow.forEach(AjaxPeer::close);
    }

    // The end.

    @Test
    void clientLeavesWithAWord() {
        anna.ear().posts(anna.form("receive"));
        Await.equal(1L, web::polled);
        assertEquals("\"\"", anna.mouth().posts(anna.form("close")).answer().body());
        assertEquals("[\"connection_close\",[],{\"code\":1000}]", anna.ear().answer().body());
        portal.game().awaits("1 disconnected: ");
        Await.equal(0, portal::places);
        assertEquals(410, anna.polls().status());
        assertEquals(1, portal.meters().count("closed ajax"));
    }

    @ParameterizedTest
    @CsvSource({"OVER, 1000", "STOPPING, 1001", "IDLE, 4008", "LIMIT, 1008", "KICKED, 4003"})
    void lastWordsComeFirstThenTheReason(Departure why, int code) {
        portal.ends(1, "Farewell!", why);
        assertEquals("[\"text\",[\"Farewell!\"],{}]", anna.polls().body());
        assertEquals(
                "[\"connection_close\",[],{\"code\":%d}]".formatted(code), anna.polls().body());
        assertEquals(410, anna.polls().status());
        Await.equal(0, portal::places);
    }

    @Test
    void inputAfterTheEndIsRefused() {
        portal.ends(1, "Farewell!", Departure.OVER);
        portal.game().awaits("1 disconnected: Farewell!");
        assertEquals(410, anna.mouth().posts(anna.input(LOOK)).answer().status());
        assertEquals(List.of(), portal.game().lines());
    }

    @Test
    void clientThatAsksNoMoreIsGiven60Seconds() {
        passes(59);
        anna.mouth().posts(anna.form("keepalive")).answer();
        assertEquals(1, portal.places());
        Await.until(
                "the end",
                () -> {
                    passes(61);
                    return portal.places() == 0;
                });
        portal.game().awaits("1 disconnected: connection lost");
        assertEquals(1, portal.meters().count("refused silent"));
        assertEquals(410, anna.polls().status());
    }

    @Test
    void serverThatStopsLeavesNoSession() {
        anna.ear().posts(anna.form("receive"));
        Await.equal(1L, web::polled);
        web.close();
        portal.game().awaits("1 disconnected: connection lost");
        assertEquals(0, portal.places());
    }
}
