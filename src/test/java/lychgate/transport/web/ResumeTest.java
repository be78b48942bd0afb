package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.plugin.Limits;
import lychgate.session.CommandTuple;
import lychgate.session.Departure;
import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that lose their connection and come back over another. */
class ResumeTest {
    private static final String CLOSE = "88 80 00 00 00 00";

    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final WebSockets web = new WebSockets(portal, WebSockets.CONFIG);

    @AfterEach
    void close() {
        web.close();
        portal.close();
    }

    private ResumingPeer connects() {
        return new ResumingPeer(web.port("web"));
    }

    /** A client that may come back, as session 1. */
    private ResumingPeer plays() {
        ResumingPeer anna = connects().says("{\"resume\":true}");
        anna.credentials();
        portal.game().awaits("1 settled");
        return anna;
    }

    private void isLost(ResumingPeer peer) {
        peer.reset();
        portal.game().awaits("1 session_away [] {}");
    }

    private static long number(CommandTuple command, String key) {
        return command.kwargs().get(key) instanceof Long n ? n : -1;
    }

    @Test
    void whoComesBackIsWelcomeInAPortalThatDrainsAndNewcomersAreNot() {
        ResumingPeer anna = plays();
        isLost(anna);
        portal.drains();
        try (ResumingPeer newcomer = connects().says("{\"resume\":true}")) {
            newcomer.credentials(); // of a session that is over at once
            String said = newcomer.line();
            assertTrue(said.contains("The game is about to stop."), said);
            assertEquals(1008, newcomer.closeCode());
        }
        assertEquals(1, portal.meters().count("refused draining"));
        portal.game().text(1, "one");
        try (ResumingPeer back = anna.comesBack(0)) {
            assertEquals(true, back.credentials().kwargs().get("resumed"));
            back.sees("one", 1);
            assertEquals(List.of(1L), portal.sessions().ids());
        }
    }

    @Test
    void clientThatAsksIsToldHowItComesBack() {
        try (ResumingPeer anna = connects().says("{\"resume\":true}")) {
            CommandTuple told = anna.next();
            assertEquals("session", told.name());
            assertEquals(List.of(), told.args());
            assertEquals(
                    List.of("id", "token", "epoch", "window"), List.copyOf(told.kwargs().keySet()));
            assertEquals(180L, told.kwargs().get("window"));
            portal.game().awaits("1 settled").text(1, "Welcome.");
            assertEquals("[\"text\",[\"Welcome.\"],{\"n\":1}]", anna.line());
        }
    }

    @Test
    void pingIsAnsweredWithWhatHasArrived() {
        try (ResumingPeer anna = plays()) {
            anna.frame(0x81, "[\"text\",[\"look\"],{\"cseq\":3}]");
            anna.says("{\"ping\":7}");
            assertEquals("[\"session\",[],{\"pong\":7,\"cseq\":3}]", anna.line());
            portal.game().awaits("1 text look");
        }
        try (ResumingPeer bert = connects().says("{\"ping\":1}")) {
            assertEquals("[\"session\",[],{\"pong\":1,\"cseq\":0}]", bert.line());
        }
    }

    @Test
    void clientThatDoesNotAskIsSentNoNumbersAndEndsWithItsConnection() {
        try (ResumingPeer anna = connects()) {
            portal.game().awaits("1 settled").text(1, "Welcome.");
            assertEquals("[\"text\",[\"Welcome.\"],{}]", anna.line());
            anna.reset();
            portal.game().awaits("1 disconnected: connection lost");
            assertEquals(0, portal.meters().count("resume bytes"));
        }
    }

    @Test
    void clientComesBackAndIsShownWhatItHasMissed() {
        ResumingPeer anna = plays();
        portal.game().text(1, "one");
        anna.sees("one", 1);
        isLost(anna);
        portal.game().text(1, "two");
        portal.game().text(1, "three");
        try (ResumingPeer back = anna.comesBack(1)) {
            CommandTuple told = back.credentials();
            assertEquals(true, told.kwargs().get("resumed"));
            assertEquals(0L, told.kwargs().get("gap"));
            assertEquals(0L, told.kwargs().get("cseq"));
            assertEquals(false, told.kwargs().get("hidden"));
            back.sees("two", 2);
            back.sees("three", 3);
            portal.game().text(1, "four");
            back.sees("four", 4);
            back.frame(0x81, "[\"text\",[\"hello\"],{\"cseq\":1}]");
            portal.game().awaits("1 text hello").awaits("1 session_back [] {seconds=0}");
            assertEquals(List.of(1L), portal.sessions().ids());
            assertEquals(1, portal.meters().count("returned WHOLE"));
        }
    }

    @Test
    void outputsThatWereLostAreCounted() {
        ResumingPeer anna = plays();
        isLost(anna);
        for (int n = 1; n <= 2_010; n++) {
            portal.game().text(1, "line " + n);
        }
        try (ResumingPeer back = anna.comesBack(0)) {
            long gap = number(back.credentials(), "gap");
            assertTrue(gap >= 10, () -> "gap " + gap);
            back.sees("line " + (gap + 1), gap + 1);
            back.sees("line " + (gap + 2), gap + 2);
        }
    }

    @Test
    void nothingIsLostOrDoubledOverAHundredReturns() {
        ResumingPeer anna = plays();
        long shown = 0;
        for (int n = 1; n <= 100; n++) {
            portal.game().text(1, "line " + n);
            if (n % 2 == 0) {
                anna.reset(); // whether it was shown or not
            }
            ResumingPeer back = anna.comesBack(shown);
            back.credentials();
            back.sees("line " + n, n);
            shown = n;
            if (n % 2 == 1) {
                anna.close();
            }
            anna = back;
        }
        assertEquals(List.of(1L), portal.sessions().ids());
        anna.close();
    }

    @Test
    void inputThatIsSentAgainIsDoneOnce() {
        ResumingPeer anna = plays();
        anna.frame(0x81, "[\"text\",[\"one\\ntwo\"],{\"cseq\":1}]");
        anna.frame(0x81, "[\"foo\",[],{\"cseq\":2}]");
        portal.game().awaits("1 foo [] {}");
        isLost(anna);
        try (ResumingPeer back = anna.comesBack(0)) {
            assertEquals(2L, back.credentials().kwargs().get("cseq"));
            back.frame(0x81, "[\"text\",[\"one\\ntwo\"],{\"cseq\":1}]");
            back.frame(0x81, "[\"foo\",[],{\"cseq\":2}]");
            back.frame(0x81, "[\"text\",[\"three\"],{\"cseq\":3}]");
            portal.game().awaits("1 text three");
            assertEquals(List.of("one", "two", "three"), portal.game().lines());
            assertEquals(1, portal.game().told("foo").size());
        }
    }

    @Test
    void newestHasTheSessionAndTheOlderIsToldSo() {
        ResumingPeer anna = plays();
        portal.game().text(1, "one");
        anna.sees("one", 1);
        try (ResumingPeer other = anna.comesBack(0)) {
            assertEquals(true, other.credentials().kwargs().get("resumed"));
            other.sees("one", 1);
            assertEquals(4001, anna.closeCode());
            portal.game().text(1, "two");
            other.sees("two", 2);
            assertEquals(List.of(), portal.game().told("session_away"));
            Await.equal(1, portal::places);
        }
    }

    @Test
    void tokenIsReplacedAndTheOldOneGoodUntilTheNewOneIsConfirmed() {
        ResumingPeer anna = plays();
        isLost(anna);
        ResumingPeer lost = anna.comesBack(0); // whose answer is lost
        lost.credentials();
        ResumingPeer back = anna.comesBack(0);
        assertEquals(true, back.credentials().kwargs().get("resumed"));
        assertNotEquals(anna.token(), back.token());
        back.says("{\"ack\":0}").frame(0x81, "[\"text\",[\"hello\"],{\"cseq\":1}]");
        portal.game().awaits("1 text hello");
        try (ResumingPeer thief = anna.comesBack(0)) {
            assertEquals(Map.of("expired", true), thief.next().kwargs());
        }
        back.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resume\":\"x\",\"ack\":0}",
                "{\"resume\":\"AAAAAAAAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB\"}"
            })
    void unknownTokenBeginsANewSession(String said) {
        try (ResumingPeer anna = connects().says(said)) {
            assertEquals(Map.of("expired", true), anna.next().kwargs());
            anna.credentials();
            portal.game().awaits("1 settled").text(1, "Welcome.");
            anna.sees("Welcome.", 1);
            anna.frame(0x81, "[\"text\",[\"hello\"],{\"cseq\":1}]");
            portal.game().awaits("1 text hello");
        }
    }

    @Test
    void failedTryDoesNoHarm() {
        ResumingPeer anna = plays();
        String wrong = anna.token().substring(0, 23) + "x".repeat(43);
        try (ResumingPeer thief = connects().says("{\"resume\":\"" + wrong + "\"}")) {
            assertEquals(Map.of("expired", true), thief.next().kwargs());
        }
        try (ResumingPeer ahead = anna.comesBack(7)) { // of what it was sent
            assertEquals(Map.of("expired", true), ahead.next().kwargs());
        }
        portal.game().text(1, "one");
        anna.sees("one", 1);
        isLost(anna);
        try (ResumingPeer back = anna.comesBack(1)) {
            assertEquals(true, back.credentials().kwargs().get("resumed"));
        }
    }

    @Test
    void clientOfAPortalThatHasRestartedIsTooLate() {
        ResumingPeer anna = plays();
        isLost(anna);
        try (ResumingPeer back =
                connects()
                        .says(
                                "{\"resume\":\""
                                        + anna.token()
                                        + "\",\"ack\":0,\"epoch\":\"old\"}")) {
            assertEquals(Map.of("expired", true), back.next().kwargs());
        }
    }

    @Test
    void sessionEndsWhenItsClientStaysAway() {
        try (WebSockets brief = new WebSockets(portal, WebSockets.resuming(1))) {
            ResumingPeer anna = new ResumingPeer(brief.port("web")).says("{\"resume\":true}");
            anna.credentials();
            portal.game().awaits("1 settled").text(1, "one");
            isLost(anna);
            portal.game().awaits("1 disconnected: did not come back");
            Await.equal(0, portal::places);
            assertEquals(0, portal.meters().count("resume bytes"));
            assertEquals(0, portal.memoryBudget().kept());
            assertEquals(1, portal.meters().count("returned NEVER"));
            try (ResumingPeer back = anna.comesBack(brief.port("web"), 1)) {
                assertEquals(Map.of("expired", true), back.next().kwargs());
            }
        }
    }

    @Test
    void sessionKeepsItsPlaceWhileItsClientIsAway() {
        ResumingPeer anna = plays();
        isLost(anna);
        assertEquals(1, portal.places());
        try (ResumingPeer back = anna.comesBack(0)) {
            back.credentials();
            Await.equal(1, portal::places);
        }
    }

    @Test
    void clientThatClosesMayComeBackButOneThatLeavesMayNot() {
        ResumingPeer anna = plays();
        anna.sends(CLOSE);
        assertEquals("", anna.line()); // the answer to its close frame
        portal.game().awaits("1 session_away [] {}");
        ResumingPeer back = anna.comesBack(0);
        back.credentials();
        back.frame(0x81, "[\"websocket_close\",[],{}]");
        assertEquals(1000, back.closeCode());
        portal.game().awaits("1 disconnected: ");
        try (ResumingPeer late = back.comesBack(0)) {
            assertEquals(Map.of("expired", true), late.next().kwargs());
        }
    }

    @Test
    void sessionThatIsEndedWhileItsClientIsAwayIsGone() {
        ResumingPeer anna = plays();
        isLost(anna);
        portal.ends(1, "No.", Departure.KICKED);
        Await.equal(List.of(), portal.sessions()::ids);
        Await.equal(0, portal::places);
        try (ResumingPeer back = anna.comesBack(0)) {
            assertEquals(Map.of("expired", true), back.next().kwargs());
        }
    }

    @Test
    void hiddenInputIsHiddenAgainAfterTheReturn() {
        ResumingPeer anna = plays();
        CommandTuple asks =
                CommandTuple.of("prompt", "Password:").kwarg("options", Map.of("echo", false));
        portal.game().portal().dataOut(1, List.of(asks));
        assertEquals("[\"prompt\",[\"Password:\"],{\"type\":\"password\",\"n\":1}]", anna.line());
        isLost(anna);
        try (ResumingPeer back = anna.comesBack(0)) {
            assertEquals(true, back.credentials().kwargs().get("hidden"));
            assertEquals(
                    "[\"prompt\",[\"Password:\"],{\"type\":\"password\",\"n\":1}]", back.line());
        }
    }

    @Test
    void clientThatDoesNotReadIsAwayAndMissesNothing() {
        ResumingPeer anna = plays();
        String page = "x".repeat(16 * 1024);
        AtomicLong sent = new AtomicLong();
        Await.until(
                "1 to be away",
                () -> {
                    if (portal.unsent(1) <= 9L * Limits.DEFAULT.unsentBytes()) {
                        portal.game().text(1, page); // some of it is lost, which is told
                        sent.incrementAndGet();
                    }
                    return !portal.game().told("session_away").isEmpty();
                });
        Await.equal(0L, () -> portal.unsent(1));
        portal.game().text(1, "That was it.");
        long last = sent.get() + 1;
        try (ResumingPeer back = anna.comesBack(0)) {
            long gap = number(back.credentials(), "gap");
            long shown = 1; // the last one
            CommandTuple next = back.next();
            while (next.kwargs().get("n") instanceof Long n && n < last) {
                shown++;
                next = back.next();
            }
            assertEquals(CommandTuple.text("That was it.").kwarg("n", last), next);
            assertEquals(last, gap + shown);
            assertFalse(portal.game().told().contains("1 disconnected: does not read"));
        }
    }

    @Test
    void whatWaitsWhenTheConnectionIsLostIsDone() {
        portal.game().neverConsumes();
        ResumingPeer anna = plays();
        StringBuilder lines = new StringBuilder("line 1");
        for (int n = 2; n <= 100; n++) {
            lines.append("\\nline ").append(n);
        }
        anna.frame(0x81, "[\"text\",[\"" + lines + "\"],{\"cseq\":1}]");
        portal.game().awaits("1 text line 64");
        anna.reset();
        Await.until( // it is not read: only a write shows that it is gone
                "1 to be away",
                () -> {
                    portal.game().text(1, "Are you there?");
                    return portal.game().told().contains("1 session_away [] {}");
                });
        portal.game().portal().consumed(1, 64);
        portal.game().awaits("1 text line 100");
        assertEquals(100, portal.game().lines().size());
    }

    @Test
    void whereNobodyMayComeBackTheWindowIsZero() {
        try (WebSockets never = new WebSockets(portal, WebSockets.resuming(0));
                ResumingPeer anna = new ResumingPeer(never.port("web"))) {
            anna.says("{\"resume\":true}");
            assertEquals(Map.of("window", 0L), anna.next().kwargs());
            portal.game().awaits("1 settled").text(1, "one");
            assertEquals("[\"text\",[\"one\"],{}]", anna.line());
            anna.reset();
            portal.game().awaits("1 disconnected: connection lost");
        }
    }

    @Test
    void clientOnASlowLineComesBackAfterItsNewSessionWasOpened() {
        ResumingPeer anna = plays();
        isLost(anna);
        portal.game().text(1, "one");
        try (ResumingPeer back = connects()) {
            portal.game().awaits("2 settled").text(2, "Welcome.");
            assertEquals("[\"text\",[\"Welcome.\"],{}]", back.line());
            back.says("{\"resume\":\"" + anna.token() + "\",\"ack\":0}");
            assertEquals(true, back.credentials().kwargs().get("resumed"));
            back.sees("one", 1);
            portal.game().awaits("2 disconnected: came back");
            assertEquals(List.of(1L), portal.sessions().ids());
        }
    }

    // Over AJAX.

    private static CommandTuple polled(AjaxPeer ajax, String form) {
        return ResumingPeer.command(ajax.posts(form + "&mode=receive").answer().body());
    }

    private static void input(AjaxPeer ajax, String form, String message) {
        String data = URLEncoder.encode(message, StandardCharsets.UTF_8);
        assertEquals(200, ajax.posts(form + "&mode=input&data=" + data).answer().status());
    }

    private static String begin(AjaxPeer ajax) {
        String init = AjaxPeer.form("mode", "init", "csessid", "", "cuid", "page");
        String csessid = ajax.posts(init).answer().field("csessid");
        return AjaxPeer.form("csessid", csessid, "cuid", "page");
    }

    @Test
    void whoseWebSocketIsBlockedComesBackByRequestsAlone() {
        ResumingPeer anna = plays();
        portal.game().text(1, "one");
        anna.sees("one", 1);
        isLost(anna);
        portal.game().text(1, "two");
        try (AjaxPeer ajax = new AjaxPeer(web.port("web"))) {
            String form = begin(ajax);
            String token = anna.token();
            input(ajax, form, "[\"session\",[],{\"resume\":\"" + token + "\",\"ack\":1}]");
            CommandTuple told = polled(ajax, form);
            while (!told.is("session")) { // of the session that was opened meanwhile
                told = polled(ajax, form);
            }
            assertEquals(true, told.kwargs().get("resumed"));
            assertEquals(CommandTuple.text("two").kwarg("n", 2L), polled(ajax, form));
            portal.game().text(1, "three");
            assertEquals(CommandTuple.text("three").kwarg("n", 3L), polled(ajax, form));
            input(ajax, form, "[\"text\",[\"hello\"],{\"cseq\":1}]");
            portal.game().awaits("1 text hello");
            assertEquals(1, portal.meters().count("moved websocket to ajax"));
            Await.equal(1, portal::places);

            ResumingPeer back = connects().says("{\"resume\":\"%s\",\"ack\":3}", told);
            assertEquals(true, back.credentials().kwargs().get("resumed"));
            CommandTuple over = polled(ajax, form);
            assertEquals(CommandTuple.of("connection_close").kwarg("code", 4001L), over);
            assertEquals(410, ajax.posts(form + "&mode=receive").answer().status());
            portal.game().text(1, "four");
            back.sees("four", 4);
            back.close();
        }
    }

    @Test
    void clientThatStopsPollingIsAwayAndComesBack() {
        try (AjaxPeer ajax = new AjaxPeer(web.port("web"))) {
            String form = begin(ajax);
            input(ajax, form, "[\"session\",[],{\"resume\":true}]");
            CommandTuple told = polled(ajax, form);
            assertTrue(told.is("session"));
            portal.game().awaits("1 settled").text(1, "one");
            web.tick(System.nanoTime() + Duration.ofSeconds(61).toNanos());
            portal.game().awaits("1 session_away [] {}");
            assertEquals(410, ajax.posts(form + "&mode=receive").answer().status());
            ResumingPeer back = connects().says("{\"resume\":\"%s\",\"ack\":0}", told);
            assertEquals(true, back.credentials().kwargs().get("resumed"));
            back.sees("one", 1);
            back.close();
        }
    }
}
