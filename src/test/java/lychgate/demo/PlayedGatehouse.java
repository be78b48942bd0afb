package lychgate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.session.ClientFacts;
import lychgate.testing.RecordingPortalSide.LoggedIn;
import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the whole game. The tests of a class share one instance, because creating accounts is slow;
 * each starts without players and creates its own accounts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
interface PlayedGatehouse {
    String PROMPT = Visitor.PROMPT;
    String HIDDEN = " {echo=false}";
    String SHOWN = " {echo=true}";
    String REFUSED = "That name and password do not match.";
    String PASSWORD = "correct horse 9";
    String GOODBYE = "The lantern swings behind you. Farewell!";
    String FAILED = "That did not work. The trouble is on our side, and has been noted.";

    String GATE_INFO =
            "[\"room_info\",[],{\"num\":1,\"name\":\"The Lychgate\",\"area\":\"Gatehouse\","
                    + "\"exits\":{\"north\":2}}]";
    String YARD_INFO =
            "[\"room_info\",[],{\"num\":2,\"name\":\"The Churchyard\",\"area\":\"Gatehouse\","
                    + "\"exits\":{\"north\":3,\"east\":4,\"south\":1}}]";

    /** The game that the tests of a class play. */
    RunningGame game();

    @AfterEach
    default void everybodyGoes() {
        game().everybodyGoes();
    }

    @AfterAll
    default void stop() {
        game().close();
    }

    /** Starts a game with the banner that comes with it. */
    static RunningGame start(Path folder) throws IOException {
        return RunningGame.start(gatehouse(folder, "game"));
    }

    static Gatehouse gatehouse(Path folder, String accounts) {
        return new Gatehouse(folder.resolve(accounts), folder.resolve("no-banner.txt"));
    }

    /** Somebody who has been greeted. */
    default Visitor atTheGate() {
        Visitor visitor = game().visitor();
        assertEquals(2, visitor.untilPrompt().size());
        return visitor;
    }

    /** Somebody who is in, under the next name of a guest. */
    default Visitor guest() {
        return guest(ClientFacts.NONE);
    }

    default Visitor guest(ClientFacts facts) {
        Visitor visitor = game().visitor("telnet", facts);
        visitor.untilPrompt();
        visitor.asks("guest");
        return visitor;
    }

    /** What a line is answered with: a question, and nothing before it. */
    static String question(Visitor visitor, String line) {
        List<String> answer = visitor.types(line).untilPrompt();
        assertEquals(1, answer.size(), answer.toString());
        return answer.getFirst();
    }

    static String answer(String name) {
        return "Welcome, " + name + ". Type help to see what can be done here.";
    }

    /** The names in a list of those who are here. */
    static List<String> names(List<String> who) {
        List<String> lines = who.getFirst().lines().toList();
        return lines.subList(0, lines.size() - 1).stream()
                .map(line -> line.substring(0, line.indexOf(',')))
                .sorted()
                .toList();
    }

    default LoggedIn loggedIn(Visitor visitor) {
        List<LoggedIn> logins =
                game().portal().told(visitor.id()).stream()
                        .filter(LoggedIn.class::isInstance)
                        .map(LoggedIn.class::cast)
                        .toList();
        assertEquals(1, logins.size());
        return logins.getFirst();
    }
}
