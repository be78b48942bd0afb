package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import lychgate.session.Activity;
import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.Fact;
import lychgate.session.GameData;
import lychgate.session.Login;
import lychgate.session.Origin;
import lychgate.session.SessionSync;
import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;
import lychgate.text.Markup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What a game finds after a restart. */
class RestartTest {
    private static final String SHOWN_AGAIN = Visitor.PROMPT + " {echo=true}";

    private final ScriptedGame game = new ScriptedGame();

    @RegisterExtension private final RunningGames games = new RunningGames(game);

    @Test
    void restartGivesTheSessionBack() throws Exception {
        Instant then = Instant.parse("2026-10-31T23:59:59.123456Z");
        SessionSync before =
                new SessionSync(
                        5,
                        new Origin("telnet", "2001:db8::7", "browser", null),
                        ClientFacts.NONE.with(Fact.COLOURS, ColourDepth.ANSI, "TTYPE"),
                        new Login(true, 42L, "anna", 43L),
                        new Activity(then, then.plusSeconds(1), then.plusSeconds(2), 99),
                        new GameData(Map.of("room", 3L), Map.of("more", "kept")));
        List<Object> found = Collections.synchronizedList(new ArrayList<>());
        game.on(
                "me",
                s ->
                        Collections.addAll(
                                found,
                                s.id(),
                                s.transport(),
                                s.address(),
                                String.valueOf(s.account()),
                                s.connected(),
                                s.client().colours(),
                                String.valueOf(s.data("room"))));
        RunningGame run = games.run(RunningGame.restart(game, before));
        Visitor visitor = run.present(5).seesNothing();
        visitor.types("me").sees(SHOWN_AGAIN);
        assertEquals(
                List.of(5L, "telnet", "2001:db8::7", "anna", then, ColourDepth.ANSI, "3"), found);
        assertEquals(List.of("restored 5", "input 5 text"), game.told());
    }

    @Test
    void whatAGameChangesAfterItsRestartLeavesTheRestAsItWas() throws Exception {
        Instant then = Instant.parse("2026-10-31T23:59:59Z");
        SessionSync before =
                new SessionSync(
                        5,
                        new Origin("telnet", "192.0.2.9", "browser", null),
                        ClientFacts.NONE,
                        new Login(true, 42L, "anna", 43L),
                        new Activity(then, then, then, 99),
                        new GameData(Map.of("room", 3L), Map.of("more", "kept")));
        game.on("move", session -> session.data("room", 4));
        RunningGame run = games.run(RunningGame.restart(game, before));
        run.present(5).types("move").sees(SHOWN_AGAIN);
        assertEquals(before.withServerData(Map.of("room", 4L)), run.portal().kept(5));
    }

    @Test
    void sessionThatIsLoggedInIsNotGreetedAgain() throws Exception {
        SessionSync before =
                SessionSync.opened(5, "telnet", "192.0.2.9", ClientFacts.NONE, Instant.EPOCH)
                        .withLogin(42, "anna");
        RunningGame run = games.run(RunningGame.restart(game, before));
        run.handler().settled(5);
        run.pass(Duration.ofSeconds(1));
        run.present(5).types("hello").sees("You said hello. {echo=true}", Visitor.PROMPT);
        assertFalse(game.told().contains("greet 5"));
    }

    @Test
    void sessionThatComesFromAnotherGameIsGivenAsAfterARestart() throws Exception {
        SessionSync anna =
                SessionSync.opened(5, "telnet", "192.0.2.9", ClientFacts.NONE, Instant.EPOCH)
                        .withLogin(42, "anna")
                        .withServerData(Map.of("room", 3L));
        SessionSync guest =
                SessionSync.opened(6, "ssh", "192.0.2.8", ClientFacts.NONE, Instant.EPOCH);
        game.on("me", s -> s.msg(Markup.of("{} in {}", s.account(), s.data("room"))));
        RunningGame run = games.run(RunningGame.start(game));
        run.handler().resumed(anna);
        run.handler().resumed(guest);
        run.handler().settled(5);
        run.present(6).sees("Welcome. {echo=true}");
        run.present(5).types("me").sees("anna in 3 {echo=true}", Visitor.PROMPT);
        run.pass(Duration.ofSeconds(1));
        assertEquals(List.of("restored 5", "restored 6", "greet 6", "input 5 text"), game.told());
    }

    /** What it was being asked is forgotten, and what is typed is to be seen again. */
    @Test
    void sessionAtTheLoginScreenIsGreetedAgain() throws Exception {
        SessionSync before =
                SessionSync.opened(5, "telnet", "192.0.2.9", ClientFacts.NONE, Instant.EPOCH);
        game.on("me", session -> session.msg(Markup.of("{}", session.account())));
        RunningGame run = games.run(RunningGame.restart(game, before));
        Visitor visitor = run.present(5);
        visitor.sees("Welcome. {echo=true}");
        visitor.types("me").sees("null", Visitor.PROMPT);
    }
}
