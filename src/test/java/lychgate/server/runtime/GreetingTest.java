package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.session.ClientFacts;
import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;

/** The time at which a client is greeted. */
class GreetingTest {
    private final ScriptedGame game = new ScriptedGame();

    @RegisterExtension private final RunningGames games = new RunningGames(game);

    @Test
    void clientIsGreetedWhenItHasSettled() throws Exception {
        RunningGame run = games.run();
        Visitor visitor = run.newcomer("telnet", ClientFacts.NONE).seesNothing();
        run.handler().settled(visitor.id());
        visitor.sees("Welcome.");
    }

    @Test
    void clientThatDoesNotSettleIsGreetedAfterThreeTenthsOfASecond() throws Exception {
        RunningGame run = games.run();
        Visitor visitor = run.newcomer("telnet", ClientFacts.NONE);
        run.pass(Duration.ofMillis(299));
        visitor.seesNothing();
        run.pass(Duration.ofMillis(1));
        visitor.sees("Welcome.");
    }

    @Test
    void whoTypesBeforeHeWasGreetedIsGreetedFirst() throws Exception {
        Visitor visitor = games.run().newcomer("telnet", ClientFacts.NONE);
        visitor.types("hello").sees("Welcome.", "You said hello.", Visitor.PROMPT);
    }

    @Test
    void outOfBandInputDoesNotHurryTheGreeting() throws Exception {
        Visitor visitor = games.run().newcomer("telnet", ClientFacts.NONE);
        visitor.sends("ping").sees("[\"ping\",[],{}]").seesNothing();
    }

    @Test
    void clientIsGreetedOnce() throws Exception {
        RunningGame run = games.run();
        Visitor visitor = run.visitor();
        run.handler().settled(visitor.id());
        visitor.types("hello");
        run.pass(Duration.ofSeconds(1));
        visitor.sees("Welcome.", "You said hello.", Visitor.PROMPT).seesNothing();
    }

    @Test
    void whoIsGoneIsNotGreeted() throws Exception {
        RunningGame run = games.run();
        Visitor visitor = run.newcomer("telnet", ClientFacts.NONE);
        visitor.goes();
        run.pass(Duration.ofSeconds(1));
        visitor.seesNothing();
        assertEquals(List.of("opened 1", "closed 1"), game.told());
    }
}
