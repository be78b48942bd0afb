package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.plugin.Limits;
import lychgate.plugin.PortalSessionHandler;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.plugin.PortalSessionHandler.Registration;
import lychgate.session.Browser;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Departure;
import lychgate.session.Fact;
import lychgate.session.Login;
import lychgate.session.SessionChange;
import lychgate.session.SessionSync;
import lychgate.testing.Await;
import lychgate.testing.CountingMeters;
import lychgate.testing.RecordingBrowsers;
import lychgate.testing.RecordingGame;
import lychgate.testing.RecordingPortal;
import lychgate.testing.RecordingSession;
import lychgate.text.Markup;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class PortalSessionsTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final String TOO_FAST =
            "text You entered commands too fast. Wait a moment and try again.";
    private static final String TOO_LONG =
            "text You entered a string that was too long. Please break it up into multiple parts.";

    private final RecordingGame game = new RecordingGame();
    private final CountingMeters meters = new CountingMeters();
    private final RecordingBrowsers browsers = new RecordingBrowsers();
    private final RecordingSession session = new RecordingSession();
    private long nanos = TimeUnit.DAYS.toNanos(7);
    private Instant time = START;
    private Limits limits = RecordingPortal.ROOMY;
    private final PortalSessions sessions =
            new PortalSessions(
                    game,
                    new SessionIds(Path.of("unopened")),
                    () -> limits,
                    browsers,
                    meters,
                    () -> time,
                    () -> nanos);
    private final SessionSweep sweep = new SessionSweep(sessions, () -> limits, meters);

    @BeforeEach
    void startGame() {
        game.start(sessions, List.of());
    }

    // Numbers and order.

    @Test
    void sessionsAreNumberedAndNoNumberComesTwice() {
        Registration first = connect(session);
        connect(new RecordingSession());
        sessions.disconnect(session, "done");
        connect(new RecordingSession());
        assertEquals(1, first.id());
        assertEquals(List.of(2L, 3L), sessions.ids());
    }

    @Test
    void gameHearsOfASessionFromItsBeginningToItsEndInOrder() {
        connect(session);
        sessions.learned(session, Fact.WIDTH, 100, "NAWS");
        sessions.settled(session);
        sessions.dataIn(session, CommandTuple.text("hello"));
        sessions.dataIn(session, CommandTuple.of("ping", 1));
        sessions.writable(session, false);
        sessions.writable(session, true);
        sessions.disconnect(session, "gone");
        game.hears(
                        "1 connected",
                        "1 facts [width: 100 (NAWS)]",
                        "1 settled",
                        "1 text hello",
                        "1 ping [1] {}",
                        "1 unwritable",
                        "1 writable",
                        "1 disconnected: gone")
                .hasHeardNothingMore();
    }

    @Test
    void whatTheGameSaysReachesItsSessionInOrder() {
        connect(session);
        game.send(1, CommandTuple.text("one"), CommandTuple.of("prompt", "> "));
        game.send(1, CommandTuple.of("ping"));
        game.disconnect(1, "Bye.");
        assertEquals(
                List.of("text one", "prompt > ", "oob ping", "disconnect Bye."), session.did());
    }

    @Test
    void sessionThatIsGoneIsPassedOver() {
        connect(session);
        sessions.disconnect(session, "gone");
        game.forgets();
        sessions.learned(session, Fact.WIDTH, 100, "NAWS");
        sessions.settled(session);
        sessions.dataIn(session, CommandTuple.text("hello"));
        sessions.lineTooLong(session);
        sessions.writable(session, false);
        sessions.disconnect(session, "gone again");
        game.hasHeardNothingMore();
        assertEquals(List.of(), session.did());
        assertEquals(Map.of("closed test", 1L), meters.counts("closed"));
    }

    @Test
    void numberOfNoSessionIsPassedOver() {
        game.text(7, "hello");
        game.portal().consumed(7, 1);
        game.portal().loggedIn(7, 1, "bob");
        game.portal().sync(7, List.of(new SessionChange.ServerDataChanged(Map.of("x", 1))));
        game.disconnect(7, "Bye.");
        assertEquals(0, sessions.loggedIn());
        assertNull(sync(7));
    }

    @Test
    void accountIsCountedWhileItIsLoggedInHoweverThePortalIsTold() {
        connect(session);
        connect(new RecordingSession());
        game.portal()
                .sync(
                        1,
                        List.of(new SessionChange.LoginChanged(new Login(true, 7L, "anna", null))));
        assertEquals(1, sessions.loggedIn());
        game.portal().loggedIn(1, 7, "anna");
        assertEquals(1, sessions.loggedIn());
        game.portal().sync(1, List.of(new SessionChange.LoginChanged(Login.NONE)));
        assertEquals(0, sessions.loggedIn());
        game.portal().loggedIn(1, 7, "anna");
        assertEquals(1, sessions.loggedIn());
        sessions.disconnect(session, "gone");
        assertEquals(0, sessions.loggedIn());
    }

    // Browsers that the game's website knows.

    private void comes(RecordingSession from, @Nullable Long uid) {
        Browser browser = new Browser("key", uid, 3);
        sessions.connect(
                from,
                new PortalSessionHandler.Opening(
                        "websocket", "192.0.2.1", ClientFacts.NONE, null, browser));
    }

    @Test
    void browserThatIsLoggedInIsLoggedInByTheGameAlone() {
        comes(session, 7L);
        game.hears("1 connected key of 7");
        assertEquals(0, sessions.loggedIn());
        game.portal().loggedIn(1, 7, "anna");
        assertEquals(1, sessions.loggedIn());
        assertEquals(List.of(), browsers.heard()); // the website knows that
    }

    @Test
    void websiteHearsOfALoginInTheGame() {
        comes(session, null);
        game.portal().loggedIn(1, 7, "anna");
        assertEquals(List.of("key logged in as 7"), browsers.heard());
    }

    @Test
    void websiteHearsOfWhoLeavesButNotOfALostConnection() {
        comes(session, 7L);
        game.portal().loggedIn(1, 7, "anna");
        sessions.disconnect(session, PortalSessionHandler.LOST);
        assertEquals(List.of(), browsers.heard());
        RecordingSession again = new RecordingSession();
        comes(again, 7L);
        game.portal().loggedIn(2, 7, "anna");
        sessions.disconnect(again, "Bye.");
        assertEquals(List.of("key left"), browsers.heard());
    }

    @Test
    void whoWasNeverLoggedInDoesNotLeave() {
        comes(session, null);
        sessions.disconnect(session, "");
        assertEquals(List.of(), browsers.heard());
    }

    @Test
    void everybodyIsTold() {
        RecordingSession other = new RecordingSession();
        connect(session);
        connect(other);
        sessions.all().forEach(each -> each.say(Markup.of("|yTea!|n")));
        sessions.all().forEach(each -> each.disconnect(Markup.of("Bye."), Departure.OVER));
        assertEquals(List.of("text |yTea!|n", "disconnect Bye."), session.did());
        assertEquals(List.of("text |yTea!|n", "disconnect Bye."), other.did());
    }

    // What comes from the client.

    @Test
    void commandsBeyondTheRateAreDroppedWithOneWarning() {
        limits = limits(80, 0, 0);
        connect(session);
        for (int i = 0; i < 90; i++) {
            sessions.dataIn(session, CommandTuple.text("line"));
        }
        assertEquals(80, game.lines().size());
        assertEquals(List.of(TOO_FAST), session.did());
        assertEquals(Map.of("refused commands_per_second", 10L), meters.counts("refused"));
    }

    @Test
    void rateBeginsAnewAfterASecond() {
        limits = limits(1, 0, 0);
        connect(session);
        for (int second = 0; second < 3; second++) {
            sessions.dataIn(session, CommandTuple.text("taken"));
            sessions.dataIn(session, CommandTuple.of("dropped"));
            assertEquals(List.of(TOO_FAST), session.did());
            passes(1_000);
        }
        assertEquals(List.of("taken", "taken", "taken"), game.lines());
    }

    @Test
    void protocolLearnsWhetherTheGameIsHandedACommand() {
        limits = limits(1, 0, 0);
        connect(session);
        assertTrue(sessions.dataIn(session, CommandTuple.text("taken")));
        assertFalse(sessions.dataIn(session, CommandTuple.text("dropped")));
        sessions.disconnect(session, "gone");
        passes(1_000);
        assertFalse(sessions.dataIn(session, CommandTuple.text("of a session that is gone")));
    }

    @Test
    void rateOfOneSessionIsNotAnothers() {
        limits = limits(1, 0, 0);
        RecordingSession other = new RecordingSession();
        connect(session);
        connect(other);
        sessions.dataIn(session, CommandTuple.text("one"));
        sessions.dataIn(other, CommandTuple.text("two"));
        assertEquals(List.of("one", "two"), game.lines());
    }

    @Test
    void lineTooLongIsCountedAndItsSenderTold() {
        connect(session);
        sessions.lineTooLong(session);
        assertEquals(List.of(TOO_LONG), session.did());
        assertEquals(Map.of("refused line_length", 1L), meters.counts("refused"));
    }

    @Test
    void linesTooLongCountAsCommandsToo() {
        limits = limits(1, 0, 0);
        connect(session);
        sessions.lineTooLong(session);
        sessions.lineTooLong(session);
        sessions.lineTooLong(session);
        assertEquals(List.of(TOO_LONG, TOO_FAST), session.did());
    }

    @Test
    void controlCharactersDoNotReachTheGame() {
        connect(session);
        sessions.dataIn(session, CommandTuple.text("a\u001b[2Jb\u202e"));
        sessions.dataIn(session, CommandTuple.of("no\u0007te", "c\nd\u009b"));
        game.hears("1 connected", "1 text a[2Jb", "1 note [c\nd] {}");
    }

    @Test
    void lineIsSentBackToAClientThatWishesIt() {
        connect(session);
        sessions.learned(session, Fact.LOCALECHO, true, "client");
        sessions.dataIn(session, CommandTuple.text("|rred"));
        assertEquals(List.of("text ||rred"), session.did());
    }

    @Test
    void lineThatIsTypedUnseenIsNotSentBackToAnybody() {
        connect(session);
        sessions.learned(session, Fact.LOCALECHO, true, "client");
        game.send(1, CommandTuple.PROMPT, "Password:", false);
        sessions.dataIn(session, CommandTuple.text("secret"));
        game.send(1, CommandTuple.TEXT, "Welcome", true);
        sessions.dataIn(session, CommandTuple.text("look"));
        List<String> did = session.did();
        assertEquals(List.of(), did.stream().filter(s -> s.contains("secret")).toList());
        assertTrue(did.contains("text look"), did::toString);
    }

    @Test
    void whatWasTypedWhileTheClientWasNotReadIsNotTooFast() {
        limits = limits(80, 0, 0);
        game.neverConsumes();
        connect(session);
        for (int i = 0; i < InputWindow.MAX_COMMANDS; i++) {
            sessions.dataIn(session, CommandTuple.text("line"));
        }
        nanos += TimeUnit.SECONDS.toNanos(2);
        game.portal().consumed(1, InputWindow.MAX_COMMANDS);
        for (int i = 0; i < 3 * 80; i++) {
            assertTrue(sessions.dataIn(session, CommandTuple.text("line")), "line " + i);
            game.portal().consumed(1, 1);
        }
        assertFalse(sessions.dataIn(session, CommandTuple.text("one too many")));
    }

    @Test
    void longLinesFillTheWindowToo() {
        game.neverConsumes();
        connect(session);
        String line = "x".repeat(InputWindow.MAX_BYTES / 4);
        for (int i = 0; i < 3; i++) {
            sessions.dataIn(session, CommandTuple.text(line));
        }
        assertEquals(List.of(), session.did());
        sessions.dataIn(session, CommandTuple.text(line));
        assertEquals(List.of("hold"), session.did());
        game.portal().consumed(1, 3);
        assertEquals(List.of("go on"), session.did());
    }

    @Test
    void inputIsHeldWhileTheGameIsBehindAndGoesOnWhenItHasCaughtUp() {
        game.neverConsumes();
        connect(session);
        for (int i = 0; i < InputWindow.MAX_COMMANDS - 1; i++) {
            sessions.dataIn(session, CommandTuple.text("line"));
        }
        assertEquals(List.of(), session.did());
        sessions.dataIn(session, CommandTuple.text("line"));
        sessions.dataIn(session, CommandTuple.text("read already"));
        assertEquals(List.of("hold"), session.did());
        assertEquals(InputWindow.MAX_COMMANDS + 1, game.lines().size());
        game.portal().consumed(1, InputWindow.MAX_COMMANDS / 2);
        assertEquals(List.of(), session.did());
        game.portal().consumed(1, 1);
        assertEquals(List.of("go on"), session.did());
        game.portal().consumed(1, 1);
        assertEquals(List.of(), session.did());
    }

    // Login, and time.

    @Test
    void sessionsWithAnAccountAreCounted() {
        RecordingSession other = new RecordingSession();
        connect(session);
        connect(other);
        game.portal().loggedIn(1, 7, "bob");
        game.portal().loggedIn(1, 8, "eve");
        assertEquals(1, sessions.loggedIn());
        game.portal().loggedIn(2, 7, "bob");
        assertEquals(2, sessions.loggedIn());
        sessions.disconnect(session, "");
        sessions.disconnect(session, "");
        assertEquals(1, sessions.loggedIn());
        assertEquals(List.of("at login"), other.did());
    }

    @Test
    void loginThatCrossesTheEndOfItsSessionIsNotCountedForEver() throws InterruptedException {
        connect(session);
        CountDownLatch changing = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        List<SessionChange> changes =
                new AbstractList<>() {
                    @Override
                    public SessionChange get(int index) {
                        changing.countDown();
                        await(gone);
                        return new SessionChange.BrowserKeyChanged("key");
                    }

                    @Override
                    public int size() {
                        return 1;
                    }
                };
        Thread holder = Thread.ofPlatform().start(() -> game.portal().sync(1, changes));
        changing.await();
        Thread login = Thread.ofPlatform().start(() -> game.portal().loggedIn(1, 7, "bob"));
        Await.equal(Thread.State.BLOCKED, login::getState);
        Thread end = Thread.ofPlatform().start(() -> sessions.disconnect(session, "gone"));
        Await.equal(List.of(), sessions::ids);
        gone.countDown();
        for (Thread thread : List.of(holder, login, end)) {
            thread.join();
        }
        assertEquals(0, sessions.loggedIn());
    }

    @Test
    void whoTakesTooLongToLogInIsSentAway() {
        limits = limits(0, 300, 0);
        connect(session);
        passes(300_000);
        sweep.run();
        assertEquals(List.of(), session.did());
        passes(1);
        sweep.run();
        assertEquals(
                List.of("disconnect You took too long to log in. Please connect again."),
                session.did());
        assertEquals(Map.of("refused login_seconds", 1L), meters.counts("refused"));
    }

    @Test
    void whoIsLoggedInMayStay() {
        limits = limits(0, 300, 0);
        connect(session);
        game.portal().loggedIn(1, 7, "bob");
        passes(1_000_000);
        sweep.run();
        assertEquals(List.of("at login"), session.did());
    }

    @Test
    void whoSaysNothingForTooLongIsSentAway() {
        limits = limits(0, 0, 60);
        connect(session);
        passes(50_000);
        sessions.dataIn(session, CommandTuple.text("hello"));
        passes(60_000);
        sweep.run();
        assertEquals(List.of(), session.did());
        passes(1);
        sweep.run();
        assertEquals(
                List.of("disconnect You have been idle for too long. Please come again."),
                session.did());
        assertEquals(Map.of("refused idle_seconds", 1L), meters.counts("refused"));
    }

    @Test
    void sessionThatTakesItsTimeToEndIsCountedOnce() {
        limits = limits(0, 300, 0);
        connect(session);
        passes(400_000);
        sweep.run();
        sweep.run();
        assertEquals(1, session.did().size());
        assertEquals(Map.of("refused login_seconds", 1L), meters.counts("refused"));
    }

    @Test
    void withoutLimitsNobodyIsSentAway() {
        connect(session);
        passes(TimeUnit.DAYS.toMillis(1_000));
        sweep.run();
        assertEquals(List.of(), session.did());
    }

    // What is kept of a session.

    @Test
    void openingIsKept() {
        Opening opening =
                new Opening("ssh", "192.0.2.1", ClientFacts.NONE.with(Fact.TLS, true, "SSH"));
        sessions.connect(session, opening);
        assertEquals(SessionSync.opened(1, "ssh", "192.0.2.1", opening.facts(), START), sync(1));
        assertEquals(Map.of("opened ssh", 1L), meters.counts("opened"));
    }

    @Test
    void whatTheClientAndTheGameSayIsKeptTogether() {
        Registration registration = connect(session);
        sessions.learned(session, Fact.WIDTH, 100, "NAWS");
        game.says(1, ClientFacts.NONE.with(Fact.NOCOLOR, true, "player"));
        sessions.learned(session, Fact.HEIGHT, 40, "NAWS");
        game.portal().sync(1, List.of(new SessionChange.ServerDataChanged(Map.of("room", 7))));
        game.portal().loggedIn(1, 3, "bob");
        assertEquals(
                "[width: 100 (NAWS), height: 40 (NAWS), nocolor: true (player)]",
                registration.facts().toString());
        SessionSync kept = sessions.syncs().getFirst();
        assertEquals(Map.of("room", 7L), kept.data().serverData());
        assertEquals("bob", kept.login().uname());
    }

    @Test
    void sessionHearsOfFactsThatTheGameChangesAndOfNothingElse() {
        connect(session);
        game.portal().sync(1, List.of(new SessionChange.ServerDataChanged(Map.of("room", 7))));
        assertEquals(List.of(), session.did());
        game.says(1, ClientFacts.NONE.with(Fact.NOCOLOR, true, "player"));
        assertEquals(List.of("facts [nocolor: true (player)]"), session.did());
    }

    @Test
    void inputsAreCountedAndTheLastIsRemembered() {
        connect(session);
        passes(5_000);
        sessions.dataIn(session, CommandTuple.text("one"));
        passes(5_000);
        sessions.dataIn(session, CommandTuple.of("two"));
        passes(5_000);
        SessionSync kept = sessions.syncs().getFirst();
        assertEquals(2, kept.activity().cmdTotal());
        assertEquals(START.plusSeconds(10), kept.activity().cmdLast());
        assertEquals(START.plusSeconds(10), kept.activity().cmdLastVisible());
        assertEquals(START, kept.activity().connTime());
    }

    @Test
    void sessionWithoutInputsIsAsItWasOpened() {
        connect(session);
        passes(5_000);
        assertEquals(List.of(sync(1)), sessions.syncs());
    }

    private static Limits limits(int commandsPerSecond, int loginSeconds, int idleSeconds) {
        return new Limits(0, 0, 0, commandsPerSecond, 0, 0, 0, loginSeconds, idleSeconds, 0);
    }

    private Registration connect(RecordingSession connecting) {
        return sessions.connect(connecting, new Opening("test", "192.0.2.1", ClientFacts.NONE));
    }

    private @Nullable SessionSync sync(long id) {
        OpenSession open = sessions.get(id);
        return open == null ? null : open.sync();
    }

    private void passes(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        time = time.plusMillis(millis);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // Clients that are away.

    @Test
    void gameHearsThatAClientIsAwayAndThatItIsBack() {
        Registration registration = connect(session);
        sessions.away(session);
        nanos += TimeUnit.SECONDS.toNanos(12);
        OpenSession open = Objects.requireNonNull(sessions.get(registration.id()));
        assertEquals(Duration.ofSeconds(12), open.absence());
        sessions.back(session, "ajax", "192.0.2.9");
        assertNull(open.absence());
        assertEquals("ajax", open.sync().origin().protocolKey());
        assertEquals("192.0.2.9", open.sync().origin().address());
        assertEquals(1, meters.count("moved test to ajax"));
        game.awaits("1 session_away [] {}").awaits("1 session_back [] {seconds=12}");
    }

    @Test
    void gameThatHasBeenRestartedHearsAgainWhoIsAway() {
        connect(session);
        connect(new RecordingSession());
        sessions.away(session);
        game.forgets();
        sessions.reloaded(1);
        game.hears("1 session_away [] {}").hasHeardNothingMore();
    }

    @ParameterizedTest
    @ValueSource(strings = {"session_away", "Session_Back"})
    void noClientSaysSo(String name) {
        connect(session);
        game.forgets();
        assertFalse(sessions.dataIn(session, CommandTuple.of(name)));
        game.hasHeardNothingMore();
        assertEquals(1, meters.count("malformed reserved_name"));
    }
}
