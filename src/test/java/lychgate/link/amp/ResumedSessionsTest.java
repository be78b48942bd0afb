package lychgate.link.amp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import lychgate.evennia.wire.Operation;
import lychgate.session.ClientFacts;
import lychgate.session.GameData;
import lychgate.session.SessionNumber;
import lychgate.session.SessionSync;
import lychgate.testing.Await;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sessions that come from another portal with what an earlier portal told a game of them. */
class ResumedSessionsTest {
    private static final long ID =
            SessionNumber.first(3, Instant.parse("2026-11-21T12:00:00Z")) + 1;
    private static final String KNOWN_BY = "lychgate_known_by";
    private static final String EARLIER_PORTAL = "999000:7";
    private static final String THIS_PORTAL = "1000500:";

    private final ListeningLink link = new ListeningLink();

    @AfterEach
    void stop() {
        link.close();
    }

    @Test
    void gameThatOutlivedThePortalKeepsItsSessionsAndIsToldNoMoreThanNews() {
        link.outlived(7).listens(true).resumes(anna(EARLIER_PORTAL)).types(ID, "hello");
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC null []", ID + " PCONNSYNC", ID + " text hello");
            Await.equal(THIS_PORTAL + 7, this::knownBy);
            game.hasHeardNothingMore();
        }
    }

    @Test
    void soItDoesIfTheSessionComesAfterTheGame() {
        link.outlived(7).listens(true);
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC null []");
            link.resumes(anna(EARLIER_PORTAL)).types(ID, "hello");
            game.hears(ID + " PCONNSYNC", ID + " text hello");
            Await.equal(THIS_PORTAL + 7, this::knownBy);
            link.disconnects(ID);
            game.hears(ID + " PDISCONN").hasHeardNothingMore();
        }
    }

    @Test
    void anotherGameLogsTheAccountInAgainUnderTheSameNumber() {
        link.listens(false).resumes(anna(EARLIER_PORTAL)).types(ID, "hello");
        try (FakeGame game = link.game(8)) {
            game.hears("PSYNC shutdown []", ID + " PCONN", ID + " text hello");
            Map<?, ?> told = game.sessionData(ID + " PCONN");
            assertEquals(true, told.get("logged_in"));
            assertEquals(3L, told.get("uid"));
            assertEquals(Map.of("room", 3L), told.get("server_data"));
            Await.equal(THIS_PORTAL + 8, this::knownBy);
        }
    }

    @Test
    void guestComesToTheLoginScreenOfAnotherGame() {
        link.listens(false);
        try (FakeGame game = link.game(8)) {
            game.hears("PSYNC shutdown []");
            link.resumes(guest(EARLIER_PORTAL));
            game.hears(ID + " PCONN");
            assertEquals(false, game.sessionData(ID + " PCONN").get("logged_in"));
        }
    }

    @Test
    void guestComesToTheLoginScreenOfAGameThatComesLater() {
        link.listens(false).resumes(guest(EARLIER_PORTAL));
        try (FakeGame game = link.game(8)) {
            game.hears("PSYNC shutdown []", ID + " PCONN").hasHeardNothingMore();
        }
    }

    @Test
    void gameOfWhichNobodyKnowsWhetherItIsThatOneForgetsTheSessionFirst() {
        link.listens(false).resumes(anna(EARLIER_PORTAL));
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC shutdown []", ID + " PDISCONN", ID + " PCONN");
        }
    }

    @Test
    void sessionThatNoGameKnewIsAnnounced() {
        link.outlived(7).listens(true).resumes(anna(null));
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC null []", ID + " PCONN");
            assertEquals(true, game.sessionData(ID + " PCONN").get("logged_in"));
        }
    }

    @Test
    void sessionThatComesBackAfterTheGameWasToldThatItIsGoneIsAnnouncedAgain() {
        link.outlived(7).listens(true).orphan(ID);
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC null []", ID + " PDISCONN");
            link.resumes(anna(EARLIER_PORTAL)).types(ID, "hello");
            game.hears(ID + " PDISCONN", ID + " PCONN", ID + " text hello");
            assertEquals(true, game.sessionData(ID + " PCONN").get("logged_in"));
            Await.equal(THIS_PORTAL + 7, this::knownBy);
        }
    }

    @Test
    void sessionThatComesBackBeforeThatIsLeftAlone() {
        link.outlived(7).listens(true).resumes(anna(EARLIER_PORTAL)).orphan(ID);
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC null []", ID + " PCONNSYNC").hasHeardNothingMore();
        }
    }

    @Test
    void sessionThatIsMissedLaterIsForgottenWhileTheGameIsThere() {
        link.outlived(7).listens(true);
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC null []");
            link.orphan(ID);
            game.hears(ID + " PDISCONN");
            Await.equal(List.of(), link::ids);
        }
    }

    @Test
    void whatTheGameKeepsOfASessionIsNotNewsToIt() {
        link.outlived(7).listens(true).resumes(anna(EARLIER_PORTAL));
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC null []", ID + " PCONNSYNC");
            Map<?, ?> told = game.sessionData(ID + " PCONNSYNC");
            assertFalse(told.containsKey("server_data"), String.valueOf(told));
        }
    }

    @Test
    void whatTheGameHasForASessionThatIsOnItsWayBackIsToldInOrderWhenItIsHere() {
        link.outlived(7).awaitsSession(ID).listens(true).connects(1);
        try (FakeGame game = link.game(7)) {
            game.says(ID, "one").says(1, "to another").says(ID, "two");
            game.admin(Operation.SDISCONN, ID, Map.of("reason", "Off you go."));
            game.says(1, "last");
            link.awaits("1 text last");
            assertEquals(List.of("1 text to another", "1 text last"), link.did());
            link.resumes(anna(EARLIER_PORTAL));
            link.awaits(ID + " sent away: Off you go.");
            game.says(ID, "three");
            link.awaits(ID + " text three");
            assertEquals(
                    List.of(
                            "1 text to another",
                            "1 text last",
                            ID + " text one",
                            ID + " text two",
                            ID + " sent away: Off you go.",
                            ID + " text three"),
                    link.did());
        }
    }

    @Test
    void whatTheGameHasForASessionThatDoesNotComeBackIsDropped() {
        link.outlived(7).awaitsSession(ID).listens(true).connects(1);
        try (FakeGame game = link.game(7)) {
            game.says(ID, "one").says(1, "to another");
            link.awaits("1 text to another");
            link.orphan(ID);
            game.awaits(ID + " PDISCONN");
            link.resumes(anna(EARLIER_PORTAL));
            game.awaits(ID + " PCONN").says(ID, "Welcome");
            link.awaits(ID + " text Welcome");
            assertEquals(List.of("1 text to another", ID + " text Welcome"), link.did());
        }
    }

    @Test
    void whatIsKeptForThoseWhoAreOnTheirWayBackHasABound() {
        List<String> told = new ArrayList<>();
        AwaitedSessions awaited = new AwaitedSessions(List.of(ID, 2L, 3L), link);
        int half = (int) (AwaitedSessions.MAX_BYTES / 2);
        awaited.tell(ID, () -> half, () -> told.add("one"));
        awaited.tell(2, () -> half, () -> told.add("two"));
        awaited.tell(ID, () -> 1, () -> told.add("too much"));
        awaited.came(2);
        awaited.tell(ID, () -> half, () -> told.add("three"));
        awaited.gone(3);
        awaited.came(ID);
        assertEquals(List.of("two", "one", "three"), told);
        assertEquals(List.of("amp_awaited"), link.counted());
        assertEquals(List.of(), awaited.ids());
    }

    @Test
    void sessionThatEndedHereAndIsBackIsAnnouncedAgain() {
        link.outlived(7).listens(true);
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC null []");
            link.resumes(anna(EARLIER_PORTAL));
            game.hears(ID + " PCONNSYNC");
            Await.equal(THIS_PORTAL + 7, this::knownBy);
            link.disconnects(ID);
            game.hears(ID + " PDISCONN");
            link.resumes(link.sync(ID));
            game.hears(ID + " PCONN").hasHeardNothingMore();
        }
    }

    @Test
    void sessionThatIsBackBeforeTheGameHeardThatItHadEndedIsForgottenFirst() {
        link.outlived(7).listens(true);
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC null []");
            link.resumes(anna(EARLIER_PORTAL));
            game.hears(ID + " PCONNSYNC").answersNothing();
            link.types(ID, "last words"); // until they are done, it has not left
            link.disconnects(ID).resumes(link.sync(ID));
            game.hears(ID + " text last words", ID + " PDISCONN", ID + " PCONN");
        }
    }

    @Test
    void gameThatDiesIsToldAsOfAnySession() {
        link.outlived(7).listens(false).resumes(anna(EARLIER_PORTAL));
        link.game(8).awaits(ID + " PCONN").says(ID, "Hello, anna").dies();
        link.awaits(ID + " text Hello, anna");
        try (FakeGame game = link.game(9)) {
            game.awaits(ID + " PCONN");
            Await.equal(THIS_PORTAL + 9, this::knownBy);
        }
    }

    @Test
    void attributesAreThoseOfEvenniaWhereThereAreNoOtherPortals() {
        link.listens(false).connects(1);
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC shutdown []", "1 PCONN");
            game.says(1, "Welcome");
            link.awaits("1 text Welcome");
            assertEquals(GameData.NONE, link.sync(1).data());
            assertFalse(game.sessionData("1 PCONN").containsKey(KNOWN_BY));
        }
    }

    @Test
    void whatTheGameSendsIsFollowedByTheEndOfATurn() {
        link.listens(false).connects(1);
        try (FakeGame game = link.game(7)) {
            game.awaits("1 PCONN").says(1, "Welcome");
            link.awaits("1 text Welcome");
            Await.equal(false, link::isInTurn);
        }
    }

    private Object knownBy() {
        return String.valueOf(link.sync(ID).data().others().get(KNOWN_BY));
    }

    private static SessionSync anna(@Nullable String knownBy) {
        return guest(knownBy).withLogin(3, "anna");
    }

    private static SessionSync guest(@Nullable String knownBy) {
        SessionSync sync =
                SessionSync.opened(
                        ID, "telnet-tls", "192.0.2.1", ClientFacts.NONE, ListeningLink.NOW);
        Map<String, Object> others = knownBy == null ? Map.of() : Map.of(KNOWN_BY, knownBy);
        return sync.with(new GameData(Map.of("room", 3L), others));
    }
}
