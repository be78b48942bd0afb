package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.server.ServerSession;
import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;
import lychgate.text.Markup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

class LoginAttemptsTest {
    private final ScriptedGame game = new ScriptedGame();

    @RegisterExtension private final RunningGames games = new RunningGames(game);

    @Test
    void rightProofGivesWhatBelongsToIt() throws Exception {
        game.on("right", session -> prove(session, "rowan", true));
        games.greeted().types("right").sees("You are rowan.", Visitor.PROMPT);
        assertEquals(0, games.first().meters().count("login failed"));
    }

    @Test
    void wrongProofsAreCountedAndTheFirstMayBeTriedAgainAtOnce() throws Exception {
        game.on("wrong", session -> prove(session, "rowan", false));
        Visitor visitor = games.greeted();
        for (int i = 0; i < Guesses.FREE_OF_SOURCE; i++) {
            visitor.types("wrong").sees("You are not.", Visitor.PROMPT);
        }
        assertEquals(Guesses.FREE_OF_SOURCE, games.first().meters().count("login failed"));
        assertEquals(0, games.first().meters().count("login delayed"));
    }

    @Test
    void guessWaitsAfterManyAndWhatIsTypedMeanwhileComesBehindIt() throws Exception {
        game.on("wrong", session -> prove(session, "rowan", false));
        Visitor visitor = games.greeted();
        for (int i = 0; i < Guesses.FREE_OF_SOURCE; i++) {
            visitor.types("wrong").sees("You are not.", Visitor.PROMPT);
        }
        visitor.types("wrong", "hello").seesNothing();
        games.first().pass(Duration.ofMillis(499));
        visitor.seesNothing();
        games.first().pass(Duration.ofMillis(2));
        visitor.sees("You are not.", Visitor.PROMPT, "You said hello.", Visitor.PROMPT);
        assertEquals(1, games.first().meters().count("login delayed"));
    }

    @Test
    void othersAreNotSlowedByAnAddressThatGuesses() throws Exception {
        game.on("wrong", session -> prove(session, "rowan", false));
        game.on("right", session -> prove(session, "rowan", true));
        Visitor visitor = games.greeted();
        for (int i = 0; i < Guesses.FREE_OF_SOURCE; i++) {
            visitor.types("wrong").sees("You are not.", Visitor.PROMPT);
        }
        visitor.types("wrong").seesNothing();
        games.first().visitor().types("right").sees("Welcome.", "You are rowan.", Visitor.PROMPT);
    }

    @Test
    void ownerIsNotSlowedByTheNeighboursWhoShareTheAddress() throws Exception {
        game.on("wrong", session -> prove(session, "ash", false));
        game.on("right", session -> prove(session, "rowan", true));
        game.on("in", session -> session.login(7, "Rowan"));
        RunningGame run = games.run();
        run.visitorFrom("192.0.2.1").types("in").sees("Welcome.", Visitor.PROMPT);
        Visitor guesser = run.visitorFrom("192.0.2.1").sees("Welcome.");
        for (int i = 0; i < Guesses.FREE_OF_SOURCE; i++) {
            guesser.types("wrong").sees("You are not.", Visitor.PROMPT);
        }
        guesser.types("wrong").seesNothing();
        run.visitorFrom("192.0.2.1")
                .types("right")
                .sees("Welcome.", "You are rowan.", Visitor.PROMPT);
    }

    @Test
    void guessOfASessionThatHasGoneIsNotLookedAt() throws Exception {
        AtomicInteger looked = new AtomicInteger();
        game.on("wrong", session -> prove(session, "rowan", false));
        game.on(
                "last",
                session ->
                        session.authenticate(
                                "rowan",
                                () -> Optional.of(looked.incrementAndGet()),
                                _ -> session.msg("never")));
        RunningGame run = games.run();
        Visitor visitor = run.visitor().sees("Welcome.");
        for (int i = 0; i < Guesses.FREE_OF_SOURCE; i++) {
            visitor.types("wrong").sees("You are not.", Visitor.PROMPT);
        }
        visitor.types("last").goes();
        run.pass(Guesses.SLOWEST_SOURCE);
        run.visitor().types("wrong").sees("Welcome.", "You are not.", Visitor.PROMPT);
        assertEquals(0, looked.get());
    }

    private static void prove(ServerSession session, String name, boolean right) {
        session.authenticate(
                name,
                () -> right ? Optional.of(name) : Optional.empty(),
                found ->
                        session.msg(
                                found.isPresent()
                                        ? Markup.of("You are {}.", found.get())
                                        : Markup.of("You are not.")));
    }
}
