package lychgate.link.amp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.evennia.wire.Operation;
import lychgate.session.ClientFacts;
import lychgate.session.Fact;
import lychgate.session.GameLink.State;
import lychgate.testing.Await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Nothing is lost while the game is away, whatever it is away for. */
class GameAwayTest {
    private final ListeningLink link = new ListeningLink().listens(false);

    @AfterEach
    void stop() {
        link.close();
    }

    @Test
    void whoComesBeforeTheGameIsAnnouncedToItAndThenWhatTheyTypedIsDone() {
        link.connects(1).types(1, "one", "two").connects(2).types(1, "three");
        try (FakeGame game = link.game(7)) {
            game.hears(
                    "PSYNC shutdown []",
                    "1 PCONN",
                    "2 PCONN",
                    "1 text one",
                    "1 text two",
                    "1 text three");
        }
    }

    @Test
    void whoComesAndGoesBeforeTheGameIsNotAnnounced() {
        link.connects(1).types(1, "one").disconnects(1).connects(2);
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC shutdown []", "2 PCONN").hasHeardNothingMore();
        }
    }

    @Test
    void afterAReloadTheGameGetsItsSessionsBackAndWhatWasTypedMeanwhile() {
        try (FakeGame game = welcomed(1, 2)) {
            game.admin(Operation.SRELOAD, 0, Map.of()).awaits("SRELOAD reload");
            link.types(1, "held");
            link.connects(3).types(3, "new");
            game.leaves();
            game.awaitsEnd();
            assertTrue(game.told().stream().noneMatch(line -> line.endsWith("held")));
        }
        link.types(2, "held too").types(1, "and this");
        try (FakeGame game = link.game(8)) {
            game.hears(
                    "PSYNC reload [1, 2]",
                    "3 PCONN",
                    "1 text held",
                    "1 text and this",
                    "2 text held too",
                    "3 text new");
        }
        try (FakeGame game = link.game(8)) {
            game.hears("PSYNC null []");
        }
        Await.equal(List.of("back", "back"), link::counted);
    }

    @Test
    void resetIsToldApartFromAReload() {
        try (FakeGame game = welcomed(1)) {
            game.admin(Operation.SRESET, 0, Map.of()).awaits("SRESET reset");
        }
        try (FakeGame game = link.game(8)) {
            game.hears("PSYNC reset [1]");
        }
    }

    @Test
    void gameThatWasToldToStopAndDoesNotGoesOnAfterHalfAMinute() {
        try (FakeGame game = welcomed(1)) {
            game.admin(Operation.SRELOAD, 0, Map.of()).awaits("SRELOAD reload");
            link.types(1, "held").connects(2);
            link.after(Duration.ofSeconds(31));
            game.awaits("1 text held").awaits("2 PCONN");
            assertEquals(State.UP, link.link().state());
        }
    }

    @Test
    void whatADeadGameHadNotAnsweredIsSentAgainInOrderBeforeTheRest() {
        try (FakeGame game = welcomed(1, 2)) {
            link.types(1, "answered");
            link.awaits("1 consumed 1");
            game.answersNothing();
            link.types(1, "first", "second");
            game.awaits("1 text second");
            game.dies();
        }
        Await.equal(State.AWAY, link.link()::state);
        link.types(1, "third");
        try (FakeGame game = link.game(8)) {
            game.hears("PSYNC null [1, 2]", "1 text first", "1 text second", "1 text third");
        }
        assertTrue(link.counted().contains("resent 2"));
    }

    @Test
    void afterACrashAccountsAreLoggedInAnewSinceNobodyKnowsTheirPuppets() {
        try (FakeGame game = welcomed(1, 2)) {
            Map<String, Object> login = Map.of("logged_in", true, "uid", 3);
            game.admin(Operation.SLOGIN, 2, Map.of("sessiondata", login));
            link.awaits("2 logged in as #3");
        }
        Await.equal(State.AWAY, link.link()::state);
        link.types(2, "say hello");
        try (FakeGame game = link.game(8)) {
            game.hears("PSYNC null [1]", "2 PCONN", "2 text say hello");
            assertEquals(true, game.sessionData("2 PCONN").get("logged_in"));
            assertEquals(3L, game.sessionData("2 PCONN").get("uid"));
        }
    }

    @Test
    void whoHasNotSeenTheLoginScreenWhenTheGameDiesGetsItFromTheNext() {
        try (FakeGame game = link.game(7)) {
            link.connects(1);
            game.awaits("1 PCONN");
        }
        Await.equal(State.AWAY, link.link()::state);
        try (FakeGame game = link.game(8)) {
            game.hears("PSYNC null []", "1 PCONN");
        }
    }

    @Test
    void gameWhoseLinkWasCutStillKnowsItsSessionsAndHearsWhoHasGone() {
        try (FakeGame game = welcomed(1, 2)) {
            game.answersNothing();
            link.types(1, "cut off");
            game.awaits("1 text cut off");
        }
        Await.equal(State.AWAY, link.link()::state);
        link.disconnects(2).connects(3).types(1, "later");
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC null []", "3 PCONN", "1 text cut off", "1 text later", "2 PDISCONN");
        }
    }

    @Test
    void lastWordsOfOneWhoHasGoneAreDoneBeforeTheGameHearsThatTheyHave() {
        try (FakeGame game = welcomed(1, 2)) {
            game.admin(Operation.SRELOAD, 0, Map.of()).awaits("SRELOAD reload");
        }
        link.types(1, "drop sword").disconnects(1).disconnects(2);
        try (FakeGame game = link.game(8)) {
            game.hears("PSYNC reload [1]", "1 text drop sword", "1 PDISCONN");
            link.connects(3); // the answer to this comes after that one
            game.hears("3 PCONN").says(3, "Welcome");
            link.awaits("3 text Welcome");
        }
        try (FakeGame game = link.game(8)) {
            game.hears("PSYNC null []").hasHeardNothingMore();
        }
    }

    @Test
    void sessionsOfAPortalBeforeThisOneAreForgottenByTheGameOnce() {
        link.orphan(11);
        link.orphan(12);
        try (FakeGame game = link.game(7)) {
            game.awaits("11 PDISCONN").awaits("12 PDISCONN");
        }
        Await.equal(List.of(), link::ids);
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC null []").hasHeardNothingMore();
        }
    }

    @Test
    void gameWhoseLinkWasCutBeforeItAnsweredHearsOfOneWhoHasGoneMeanwhile() {
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC shutdown []").answersNothing();
            link.connects(1);
            game.hears("1 PCONN");
        }
        Await.equal(State.AWAY, link.link()::state);
        link.disconnects(1);
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC null []", "1 PDISCONN");
        }
    }

    @Test
    void gameThatMayNotHaveHeardThatOneHasGoneIsToldOnceMore() {
        try (FakeGame game = welcomed(1)) {
            game.answersNothing();
            link.types(1, "drop sword").disconnects(1);
            game.awaits("1 PDISCONN");
        }
        Await.equal(State.AWAY, link.link()::state);
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC null []", "1 text drop sword", "1 PDISCONN");
        }
    }

    @Test
    void gameThatWasToldToStopAndDoesNotHearsWhoHasGone() {
        try (FakeGame game = welcomed(1)) {
            game.answersNothing();
            link.connects(2);
            game.awaits("2 PCONN");
            game.admin(Operation.SRELOAD, 0, Map.of()).awaits("SRELOAD reload");
            link.disconnects(2);
            link.after(Duration.ofSeconds(31));
            game.awaits("2 PDISCONN");
        }
    }

    @Test
    void gameThatWasToldToStopAndDoesNotHearsWhatIsNewOfAClient() {
        try (FakeGame game = welcomed(1)) {
            link.link().settled(1);
            game.admin(Operation.SRELOAD, 0, Map.of()).awaits("SRELOAD reload");
            link.link().factsChanged(1, width(100));
            link.after(Duration.ofSeconds(31));
            game.awaits("1 PCONNSYNC");
        }
    }

    @Test
    void newsOfAClientThatTheGameMayNotHaveHeardIsToldOnceMore() {
        try (FakeGame game = welcomed(1)) {
            link.link().settled(1);
            game.answersNothing();
            link.link().factsChanged(1, width(100));
            game.awaits("1 PCONNSYNC");
        }
        Await.equal(State.AWAY, link.link()::state);
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC null []", "1 PCONNSYNC");
        }
    }

    /** A game to which sessions have been announced, and which has said something to each. */
    private FakeGame welcomed(long... ids) {
        FakeGame game = link.game(7);
        for (long id : ids) {
            link.connects(id);
            game.awaits(id + " PCONN").says(id, "Welcome");
            link.awaits(id + " text Welcome");
        }
        return game;
    }

    private static ClientFacts width(int columns) {
        return ClientFacts.NONE.with(Fact.WIDTH, columns, "NAWS");
    }
}
