package lychgate.transport.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.portal.TestedSessions;
import lychgate.session.BrowserLogins;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Departure;
import lychgate.session.Fact;
import lychgate.session.GameLink.State;
import lychgate.session.SessionChange;
import lychgate.session.SessionNumber;
import lychgate.session.SessionSync;
import lychgate.testing.Await;
import lychgate.testing.CountingMeters;
import lychgate.testing.RecordingPortal;
import lychgate.testing.RecordingSession;
import lychgate.testing.TwoPortals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Sessions of one portal at the game of another, over a bus in memory. */
class RelayedSessionsTest {
    /** More of a pause between two looks at the clock counts as the portal's own. */
    private static final long LONGEST_TICK = 250_000_000;

    private final AtomicLong later = new AtomicLong();
    private final TwoPortals two = new TwoPortals(() -> System.nanoTime() + later.get());
    private final CountingMeters meters = two.meters();
    private final TestedSessions portal =
            new TestedSessions(
                    two.link(),
                    RecordingPortal.ROOMY,
                    BrowserLogins.NONE,
                    new CountingMeters(),
                    System::nanoTime);
    private final RecordingSession anna = new RecordingSession();
    private TwoPortals.Game main = two.gameComes("main", 9);

    @BeforeEach
    void starts() throws IOException {
        two.link().start(portal.side(), List.of());
        Await.equal(State.UP, two.link()::state);
        portal.handler().connect(anna, new Opening("telnet", "192.0.2.1", ClientFacts.NONE));
        main.portal().game().hears("1 connected");
    }

    @AfterEach
    void ends() {
        two.close();
    }

    private void types(String line) {
        portal.handler().dataIn(anna, CommandTuple.text(line));
    }

    private void sees(String words) {
        Await.until(words, anna::hasDone);
        assertEquals(words, anna.next());
    }

    private void says(TwoPortals.Game game, String words) {
        game.portal().game().text(1, words);
        game.portal().game().portal().turnEnds();
    }

    @Test
    void factsOfTheClientAreKnownAtTheGame() {
        portal.handler().learned(anna, Fact.WIDTH, 132, "naws");
        portal.handler().settled(anna);
        main.portal().game().hears("1 facts [width: 132 (naws)]", "1 settled");
    }

    @Test
    void whatTheGameChangesIsKeptByThePortalOfTheClient() {
        main.portal().game().says(1, ClientFacts.NONE.with(Fact.NOCOLOR, true, "game"));
        main.portal()
                .game()
                .portal()
                .sync(1, List.of(new SessionChange.ServerDataChanged(Map.of("room", 4L))));
        main.portal().game().portal().loggedIn(1, 7, "Anna");
        main.portal().game().portal().turnEnds();
        Await.until("the login", () -> portal.syncs().getFirst().loggedIn());
        assertEquals(Map.of("room", 4L), portal.syncs().getFirst().data().serverData());
        assertTrue(portal.syncs().getFirst().facts().is(Fact.NOCOLOR));
    }

    @Test
    void gameThatDiesIsFollowedByOneThatIsToldWhoIsThereAndDoesWhatWasNotAnswered() {
        main.portal().game().portal().loggedIn(1, 7, "Anna");
        main.portal().game().portal().turnEnds();
        sees("at login");
        main.portal().game().neverConsumes();
        types("one");
        types("two");
        main.portal().game().hears("1 text one", "1 text two");
        main.dies(two);
        types("three");
        main = two.gameComes("main", 9);
        types("four");
        main.portal()
                .game()
                .hears(
                        "1 resumed as Anna",
                        "1 text one",
                        "1 text two",
                        "1 text three",
                        "1 text four");
        says(main, "back");
        sees("text back");
    }

    @Test
    void guestIsNewToTheGameThatComesAfter() {
        main.portal().game().portal().loggedIn(1, 0, "guest1");
        main.portal().game().portal().turnEnds();
        sees("at login");
        main.dies(two);
        main = two.gameComes("main", 9);
        main.portal().game().hears("1 resumed");
        Await.until("the login", () -> !portal.syncs().getFirst().loggedIn());
    }

    @Test
    void busThatLosesEachTenthFrameLosesNoLine() {
        two.bus().loses(10);
        List<String> lines = IntStream.range(0, 60).mapToObj(i -> "line " + i).toList();
        lines.forEach(this::types);
        Await.equal(lines, main.portal().game()::lines);
        two.bus().loses(0);
    }

    @Test
    void textForManyTravelsOnceForEachPortal() {
        RecordingSession bert = new RecordingSession();
        portal.handler().connect(bert, new Opening("telnet", "192.0.2.2", ClientFacts.NONE));
        main.portal().game().hears("2 connected");
        CommandTuple shout = CommandTuple.text("Hear!");
        int before = two.bus().carried();
        main.portal().game().send(1, shout);
        main.portal().game().send(2, shout);
        assertEquals(before, two.bus().carried(), "frames before the turn has ended");
        main.portal().game().portal().turnEnds();
        sees("text Hear!");
        Await.until("Hear!", bert::hasDone);
        assertEquals("text Hear!", bert.next());
        assertEquals(1, two.bus().payloads(before, "to-portal"), "frames with a text");
    }

    @Test
    void clientThatDoesNotReadIsKnownAtTheGame() {
        portal.handler().writable(anna, false);
        main.portal().game().hears("1 unwritable");
        portal.handler().writable(anna, true);
        main.portal().game().hears("1 writable");
    }

    @Test
    void kickAtTheGamesPortalEndsTheSessionWithItsReason() {
        main.portal().ends(1, "Out!", Departure.KICKED);
        sees("disconnect Out!");
        portal.handler().disconnect(anna, "Out!");
        main.portal().game().hears("1 disconnected: Out!");
    }

    @Test
    void whatAKickedPlayerHadTypedIsDoneByNoLaterGame() {
        main.portal().game().neverConsumes();
        types("one");
        main.portal().game().hears("1 text one");
        main.portal().ends(1, "Out!", Departure.KICKED);
        sees("disconnect Out!");
        portal.handler().disconnect(anna, "Out!");
        main.stops();
        Await.equal(State.AWAY, two.link()::state);
        RecordingSession bert = new RecordingSession();
        portal.handler().connect(bert, new Opening("telnet", "192.0.2.2", ClientFacts.NONE));
        main = two.gameComes("main", 9);
        main.portal().game().hears("2 connected");
    }

    @Test
    void ofSessionsThatLeaveWhileTheGameIsAwaySomeOfEachAddressWait() {
        List<RecordingSession> flood = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            RecordingSession one = new RecordingSession();
            portal.handler().connect(one, new Opening("telnet", "192.0.2.9", ClientFacts.NONE));
            flood.add(one);
        }
        main.portal().game().awaits("41 connected");
        main.dies(two);
        for (RecordingSession one : flood) {
            portal.handler().dataIn(one, CommandTuple.text("flood"));
            portal.handler().disconnect(one, "gone");
        }
        types("look");
        assertEquals(8, meters.count("refused left_commands"));
        main = two.gameComes("main", 9);
        main.portal().game().awaits("1 text look");
        Await.until("the last", () -> heard(main).contains("33 disconnected: gone"));
        assertEquals(32, main.portal().game().told("text").size() - 1);
    }

    @Test
    void stopOfTheGamesPortalEndsNobodysSession() {
        main.portal().ends(1, "The gate closes.", Departure.STOPPING);
        main.stops();
        Await.equal(State.AWAY, two.link()::state);
        main = two.gameComes("main", 9);
        main.portal().game().hears("1 resumed");
        assertFalse(anna.hasDone());
    }

    @Test
    void sessionThatEndsWhileTheGameIsAwayIsToldWithItsLastLines() {
        main.dies(two);
        types("drop sword");
        portal.handler().disconnect(anna, "gone");
        main = two.gameComes("main", 9);
        main.portal().game().hears("1 resumed", "1 text drop sword", "1 disconnected: gone");
    }

    @Test
    void placesAreGivenBackWithTheSessions() {
        assertEquals(1, main.portal().places());
        portal.handler().disconnect(anna, "gone");
        main.portal().game().hears("1 disconnected: gone");
        Await.equal(0, main.portal()::places);
    }

    @Test
    void sessionThatIsNotTakenIsToldWhy() {
        main.portal().refuses("connections", "The game is full.");
        RecordingSession bert = new RecordingSession();
        portal.handler().connect(bert, new Opening("telnet", "192.0.2.2", ClientFacts.NONE));
        Await.until("the end", bert::hasDone);
        assertEquals("disconnect The game is full.", bert.next());
    }

    @Test
    void sessionThatFailsToBeginTakesNoPlaceAndNobodyElseWithIt() {
        main.dies(two);
        RecordingSession bert = new RecordingSession();
        RecordingSession carol = new RecordingSession();
        portal.handler().connect(bert, new Opening("telnet", "192.0.2.2", ClientFacts.NONE));
        portal.handler().connect(carol, new Opening("telnet", "192.0.2.3", ClientFacts.NONE));
        portal.handler().dataIn(carol, CommandTuple.text("hello"));
        main =
                two.gameComes(
                        "main",
                        9,
                        game ->
                                game.onResumed(
                                        id -> {
                                            if (id == 2) {
                                                throw new IllegalStateException("a test");
                                            }
                                        }));
        String words = "Something went wrong here. Please connect again.";
        main.portal()
                .game()
                .hears(
                        "1 resumed",
                        "2 resumed",
                        "2 disconnected: " + words,
                        "3 resumed",
                        "3 text hello");
        Await.until("the end", bert::hasDone);
        assertEquals("disconnect " + words, bert.next());
        Await.equal(2, main.portal()::places);
        assertEquals(1, main.portal().meters().count("refused failure"));
    }

    @Test
    void busThatIsGoneForLongEndsNobodysSession() {
        two.bus().gone();
        types("held");
        for (long gone = 0; gone < 2 * RemotePortal.GRACE_NANOS; gone += LONGEST_TICK) {
            int asked = two.bus().asked();
            later.addAndGet(LONGEST_TICK);
            Await.until("a tick", () -> two.bus().asked() > asked + 1);
        }
        two.bus().mend();
        main.portal().game().hears("1 text held");
    }

    @Test
    void gameThatWasReplacedWhileItHadNoConnectionIsGivenItsSessionsBackSoon() {
        main.portal().game().portal().loggedIn(1, 7, "Anna");
        main.portal().game().portal().turnEnds();
        sees("at login");
        main.isApart();
        TwoPortals.Game second = two.gameComes("main", 10);
        second.portal().game().hears("1 resumed as Anna");
        second.dies(two);
        main.isBack();
        long back = System.nanoTime();
        types("look");
        main.portal()
                .game()
                .hears("1 disconnected: connection lost", "1 resumed as Anna", "1 text look");
        assertTrue(System.nanoTime() - back < RemotePortal.GRACE_NANOS);
        says(main, "here");
        sees("text here");
    }

    @Test
    void gameThatHasBeenReplacedForGoodTakesNobodyBack() {
        TwoPortals.Game second = two.gameComes("main", 10);
        second.portal().game().hears("1 resumed");
        main.isApart(); // as it has to end
        CountDownLatch decided = new CountDownLatch(1);
        main.portal().scheduler().after(RemotePortal.DECIDED.plusMillis(100), decided::countDown);
        Await.until("it to be decided", () -> decided.getCount() == 0);
        types("look");
        second.portal().game().hears("1 text look");
        assertEquals(1, main.portal().places()); // it has ended none
    }

    @Test
    void portalUsesNoNumbersOfAnother() {
        long ofPortal3 = SessionNumber.first(3, Instant.parse("2026-11-28T12:00:00Z"));
        two.link()
                .connected(
                        SessionSync.opened(
                                ofPortal3, "telnet", "192.0.2.3", ClientFacts.NONE, Instant.EPOCH));
        types("look");
        main.portal().game().hears("1 text look");
        assertEquals(1, main.portal().meters().count("malformed bus_session"));
        assertEquals(1, main.portal().places()); // it takes none
    }

    @Test
    void portalThatStopsAndComesAgainIsWelcome() {
        two.link().stop();
        main.portal().game().hears("1 disconnected: connection lost");
        Await.equal(0, main.portal()::places);
    }

    // Shards.

    @Test
    void sessionThatIsMovedGoesOnAtTheOtherGameWithWhatWasTypedMeanwhile() {
        TwoPortals.Game east = two.gameComes("east", 10);
        main.portal().knowsShards(Set.of("east"));
        main.portal().game().portal().loggedIn(1, 7, "Anna");
        main.portal().game().neverConsumes();
        types("north");
        types("look");
        main.portal().game().hears("1 text north", "1 text look");
        main.portal().game().portal().consumed(1, 1);
        assertTrue(main.portal().game().portal().canMove(1, "east"));
        main.portal().game().portal().move(1, "east");
        main.portal().game().portal().turnEnds();
        types("say hello");
        main.portal().game().hears("1 disconnected: ");
        east.portal().game().hears("1 arrived as Anna", "1 text look", "1 text say hello");
        main.portal().game().hasHeardNothingMore();
        types("wait");
        east.portal().game().hears("1 text wait");
    }

    @Test
    void gameToWhichAClientIsMovedThatIsAwayKnowsIt() {
        TwoPortals.Game east = two.gameComes("east", 10);
        main.portal().knowsShards(Set.of("east"));
        portal.handler().away(anna);
        main.portal().game().hears("1 session_away [] {}");
        main.portal().game().portal().move(1, "east");
        main.portal().game().portal().turnEnds();
        east.portal().game().hears("1 arrived as null", "1 session_away [] {}");
        portal.handler().dataIn(anna, CommandTuple.text("look"));
        east.portal().game().hears("1 text look");
        east.portal().game().hasHeardNothingMore();
    }

    @Test
    void sessionStaysWhereNoSuchGameAnswers() {
        assertFalse(main.portal().game().portal().canMove(1, "east"));
        types("still here");
        main.portal().game().hears("1 text still here");
    }

    @Test
    void gameThatDiesWhileASessionPartsFromItHoldsNobodyBack() {
        TwoPortals.Game east = two.gameComes("east", 10);
        main.portal().knowsShards(Set.of("east"));
        main.portal().game().neverConsumes();
        types("north");
        main.portal().game().hears("1 text north");
        main.portal().game().portal().move(1, "east");
        main.dies(two);
        main = two.gameComes("main", 9);
        Await.until("either", () -> !heard(main).isEmpty() || !heard(east).isEmpty());
        types("look");
        Await.until(
                "the line",
                () -> heard(main).contains("1 text look") || heard(east).contains("1 text look"));
    }

    @Test
    void gameThatStopsWhileASessionPartsFromItHoldsNobodyBack() {
        TwoPortals.Game east = two.gameComes("east", 10);
        main.portal().knowsShards(Set.of("east"));
        types("north");
        main.portal().game().hears("1 text north");
        main.hearsNoMore();
        main.portal().game().portal().move(1, "east");
        main.stops();
        types("look");
        Await.until("the line", () -> heard(east).contains("1 text look"));
    }

    @Test
    void nothingIsKeptOfThoseWhoComeAndGoWhileThereIsNoGame() {
        main.stops();
        Await.equal(State.AWAY, two.link()::state);
        WeakReference<ClientFacts> facts = comesAndGoes();
        Await.until(
                "it to be forgotten",
                () -> {
                    System.gc();
                    return facts.get() == null;
                });
    }

    private WeakReference<ClientFacts> comesAndGoes() {
        ClientFacts facts = ClientFacts.NONE.with(Fact.WIDTH, 99, "naws");
        two.link()
                .connected(
                        SessionSync.opened(
                                50, "telnet", "192.0.2.3", ClientFacts.NONE, Instant.EPOCH));
        two.link().factsChanged(50, facts);
        two.link().dataIn(50, List.of(CommandTuple.text("is anybody here?")));
        two.link().disconnected(50, "gone");
        return new WeakReference<>(facts);
    }

    private static List<String> heard(TwoPortals.Game game) {
        return game.portal().game().told();
    }
}
