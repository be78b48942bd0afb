package lychgate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.ClientFacts;
import lychgate.session.Fact;
import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What players with a screen reader are shown, and how it is remembered. */
class ScreenReaderTest implements PlayedGatehouse {
    private static final String ON = "screenreader: true (player)";

    private final RunningGame game;

    ScreenReaderTest(@TempDir Path folder) throws IOException {
        game = PlayedGatehouse.start(folder);
    }

    @Override
    public RunningGame game() {
        return game;
    }

    @Test
    void bannerHasNoArtForAClientWithAScreenReader() {
        Visitor visitor =
                game.visitor(
                        "telnet", ClientFacts.NONE.with(Fact.SCREENREADER, true, "NEW-ENVIRON"));
        String banner = visitor.next();
        assertFalse(banner.matches("(?s).*[/\\\\_|].*"), banner);
        assertTrue(banner.startsWith("LYCHGATE\nCome in out of the rain.\nconnect NAME "), banner);
    }

    @Test
    void chosenBeforeLoginItIsKeptWithTheAccount() {
        Visitor visitor = atTheGate();
        List<String> answer = visitor.asks("screenreader on");
        assertTrue(answer.get(0).startsWith("Screen reader mode is on"), answer.get(0));
        assertTrue(answer.get(1).startsWith("LYCHGATE\n"), answer.get(1));
        visitor.asks("create rowan " + PASSWORD);
        assertTrue(options(visitor).contains(ON));
        Visitor again = atTheGate();
        again.asks("connect rowan " + PASSWORD);
        assertTrue(options(again).contains("screenreader: true (account)"));
    }

    @Test
    void chosenAfterLoginItIsKeptWithTheAccount() {
        Visitor visitor = atTheGate();
        visitor.asks("create sorrel " + PASSWORD);
        visitor.asks("screenreader on");
        assertTrue(options(visitor).contains(ON));
        visitor.asks("screenreader off");
        assertTrue(options(visitor).contains("screenreader: false (player)"));
        Visitor again =
                game.visitor("telnet", ClientFacts.NONE.with(Fact.SCREENREADER, true, "MTTS"));
        again.untilPrompt();
        again.asks("connect sorrel " + PASSWORD);
        assertTrue(options(again).contains("screenreader: false (account)"));
    }

    @Test
    void whatIsChosenAtTheLoginScreenCountsMoreThanTheAccount() {
        Visitor visitor = atTheGate();
        visitor.asks("screenreader on");
        visitor.asks("create tansy " + PASSWORD);
        Visitor again = atTheGate();
        again.asks("screenreader off");
        again.asks("connect tansy " + PASSWORD);
        assertTrue(options(again).contains("screenreader: false (player)"));
        Visitor third = atTheGate();
        third.asks("connect tansy " + PASSWORD);
        assertTrue(options(third).contains("screenreader: false (account)"));
    }

    @Test
    void guestsHaveItForTheirConnection() {
        Visitor visitor = guest();
        visitor.asks("screenreader on");
        assertTrue(options(visitor).contains(ON));
    }

    @Test
    void anythingElseIsAnsweredWithWhatItIsAndHowItIsChanged() {
        Visitor visitor = atTheGate();
        String help = "Screen reader mode is off. Type screenreader on or screenreader off.";
        assertEquals(help, visitor.asks("screenreader").getFirst());
        assertEquals(help, visitor.asks("screenreader maybe").getFirst());
        assertEquals(2, visitor.asks("SCREENREADER  ON ").size());
    }

    private static List<String> options(Visitor visitor) {
        return visitor.asks("options").getFirst().lines().toList();
    }
}
