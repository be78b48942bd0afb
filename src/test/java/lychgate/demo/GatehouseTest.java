package lychgate.demo;

import static lychgate.demo.PlayedGatehouse.answer;
import static lychgate.demo.PlayedGatehouse.gatehouse;
import static lychgate.demo.PlayedGatehouse.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.SessionSync;
import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The game as a whole: its variables and timers, its start and restart. */
class GatehouseTest implements PlayedGatehouse {
    private final Path folder;
    private final RunningGame game;

    GatehouseTest(@TempDir Path temp) throws IOException {
        folder = temp;
        game = PlayedGatehouse.start(temp);
    }

    @Override
    public RunningGame game() {
        return game;
    }

    @Test
    void nextGuestHasTheLowestNumberThatIsFree() {
        Visitor first = guest();
        Visitor second = guest();
        Visitor third = guest();
        second.goes();
        first.goes();
        assertEquals(List.of("guest3"), names(third.looksAway().asks("who")));
        guest();
        guest();
        guest();
        assertEquals(
                List.of("guest1", "guest2", "guest3", "guest4"),
                names(third.looksAway().asks("who")));
    }

    @Test
    void everySessionOfAPersonSeesWhatHappensToIt() {
        Visitor one = atTheGate();
        one.asks("create ivy " + PASSWORD);
        Visitor two = atTheGate();
        two.asks("connect ivy " + PASSWORD);
        Visitor other = guest();
        one.sees("guest1 arrives.");
        two.sees("guest1 arrives.");
        other.asks("shout hello");
        one.sees("guest1 shouts: hello").seesNothing();
        two.sees("guest1 shouts: hello").seesNothing();
        assertEquals(List.of("guest1", "ivy"), names(one.asks("who")));
        two.goes();
        assertEquals(List.of("guest1", "ivy"), names(one.asks("who")));
    }

    @Test
    void healthIsSentNowAndThen() {
        Visitor visitor = guest();
        visitor.asks("n");
        game.pass(Duration.ofSeconds(10));
        visitor.sees("[\"char_vitals\",[],{\"hp\":98,\"maxhp\":100}]");
        game.pass(Duration.ofSeconds(10));
        visitor.sees("[\"char_vitals\",[],{\"hp\":99,\"maxhp\":100}]");
    }

    @Test
    void clientsMayAskForWhatThereIsToKnow() {
        Visitor visitor = guest();
        visitor.sends("msdp_list", "SENDABLE_VARIABLES");
        visitor.sees(
                "[\"SENDABLE_VARIABLES\",[\"SERVER_ID\",\"SERVER_TIME\",\"CHARACTER_NAME\","
                        + "\"HEALTH\",\"HEALTH_MAX\",\"ROOM\"],{}]");
        visitor.sends("msdp_send", "SERVER_ID", "CHARACTER_NAME", "HEALTH", "HEALTH_MAX");
        visitor.sees("[\"SERVER_ID\",[\"Elmstead\"],{}]");
        visitor.sees("[\"CHARACTER_NAME\",[\"guest1\"],{}]");
        visitor.sees("[\"HEALTH\",[100],{}]", "[\"HEALTH_MAX\",[100],{}]");
    }

    @Test
    void beforeLoginThereIsNothingToKnowOfAPlayer() {
        Visitor visitor = atTheGate();
        visitor.sends("msdp_send", "HEALTH", "ROOM", "CHARACTER_NAME");
        visitor.sees("[\"HEALTH\",[],{}]", "[\"ROOM\",[],{}]", "[\"CHARACTER_NAME\",[],{}]");
    }

    @Test
    void timeMayBeRepeated() {
        Visitor visitor = guest();
        visitor.sends("repeat", "time", 5).looksAway();
        game.pass(Duration.ofSeconds(5));
        String time = visitor.next();
        assertTrue(time.matches("\\[\"repeat\",\\[\"\\w+ \\d+ \\w+ \\d+ .* UTC\"],\\{}]"), time);
    }

    @Test
    void unknownCommandIsAnswered() {
        assertEquals(
                List.of("There is nothing called |rFrob to do here; help lists what there is."),
                guest().asks("|rFrob now"));
    }

    @Test
    void lostConnectionIsNotSeen() {
        Visitor other = guest();
        Visitor visitor = guest();
        other.looksAway();
        visitor.goes();
        other.seesNothing();
    }

    @Test
    void restartPutsPlayersBackWhereTheyWere() throws Exception {
        Visitor before = guest();
        before.asks("north");
        before.types("prompt hm? ").sees("prompt hm? ").seesNothing();
        SessionSync kept = game.portal().kept(before.id());
        try (RunningGame again = RunningGame.restart(gatehouse(folder, "restarted"), kept)) {
            Visitor same = again.present(before.id()).seesNothing();
            same.types("look");
            List<String> seen = same.untilPrompt();
            assertTrue(seen.getFirst().startsWith("The Churchyard\n"), seen.getFirst());
            assertEquals("prompt hm? ", seen.getLast());
            Visitor next = again.visitor();
            next.types("guest").looksAway();
            assertEquals(List.of("guest1", "guest2"), names(next.asks("who")));
        }
    }

    @Test
    void restartShowsTheLoginScreenOnceMore() throws Exception {
        Visitor before = atTheGate();
        SessionSync kept = game.portal().kept(before.id());
        try (RunningGame again = RunningGame.restart(gatehouse(folder, "restarted-early"), kept)) {
            Visitor same = again.present(before.id());
            List<String> greeting = same.untilPrompt();
            assertTrue(greeting.getFirst().contains("Come in out of the rain."));
            assertEquals(List.of("Nobody is here."), same.asks("who"));
        }
    }

    @Test
    void accountsSurviveTheEndOfTheGame() throws Exception {
        try (RunningGame first = RunningGame.start(gatehouse(folder, "twice"))) {
            first.visitor().looksAway().asks("create sage " + PASSWORD);
        }
        try (RunningGame second = RunningGame.start(gatehouse(folder, "twice"))) {
            Visitor visitor = second.visitor().looksAway();
            assertEquals(List.of(REFUSED), visitor.asks("connect sage wrong horse"));
            assertEquals(answer("sage"), visitor.asks("connect sage " + PASSWORD).getFirst());
        }
    }

    @Test
    void bannerOfTheOperatorTakesThePlaceOfTheOwn() throws Exception {
        Path banner = folder.resolve("own-banner.txt");
        Files.writeString(banner, "\ufeff|wElmstead|n, grüß Gott\r\n\r\n");
        try (RunningGame own = RunningGame.start(new Gatehouse(folder.resolve("own"), banner))) {
            own.visitor().sees("Elmstead, grüß Gott", PROMPT);
        }
    }

    @Test
    void bannerThatIsNoTextEndsTheStartWithOneSentence() throws Exception {
        Path banner = folder.resolve("bad-banner.txt");
        Files.write(banner, new byte[] {'a', (byte) 0xff, 'b'});
        IOException why =
                assertThrows(
                        IOException.class,
                        () -> RunningGame.start(new Gatehouse(folder.resolve("bad"), banner)));
        assertEquals(
                "The login screen "
                        + banner
                        + ", line 1: is not UTF-8 text: save it as UTF-8, or remove the file.",
                why.getMessage());
    }
}
