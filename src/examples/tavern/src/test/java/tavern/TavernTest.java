package tavern;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;

class TavernTest {
    private RunningGame game;

    @BeforeEach
    void open() throws IOException {
        game = RunningGame.start(new Tavern());
    }

    @AfterEach
    void close() {
        game.close();
    }

    @Test
    void guestsHearEachOther() {
        Visitor anna = enters("Anna");
        Visitor bert = enters("Bert");
        anna.sees("Bert comes in.");
        bert.types("say |rGood|n evening");
        anna.sees("Bert says: |rGood|n evening"); // as it was typed: no markup
        bert.sees("Bert says: |rGood|n evening", "prompt > ");
    }

    @Test
    void nameThatIsTakenIsAskedForAgain() {
        enters("Anna");
        Visitor second = game.visitor().looksAway();
        second.types("anna").sees("prompt Another name, please: ");
        second.types("Bert").sees("Bert comes in.", "prompt > ");
    }

    @Test
    void mugIsServedAndCounted() {
        enters("Anna")
                .types("order")
                .sees(
                        "The keeper brings a mug. 99 are left.",
                        "[\"tavern_mugs\",[],{\"left\":99}]",
                        "prompt > ");
    }

    @Test
    void fireCracklesEveryTwoMinutes() {
        Visitor anna = enters("Anna");
        game.pass(Duration.ofMinutes(2));
        anna.sees("The fire crackles.");
    }

    @Test
    void guestWhoQuitsIsWishedAGoodNight() {
        Visitor anna = enters("Anna").types("quit");
        assertEquals("Good night, Anna.", anna.lastWord());
    }

    private Visitor enters(String name) {
        return game.visitor().types(name).looksAway();
    }
}
