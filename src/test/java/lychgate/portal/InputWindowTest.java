package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.CommandTuple;
import lychgate.session.Weight;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

class InputWindowTest {
    private final InputWindow window = new InputWindow();

    @Test
    void fullWindowIsFullUntilHalfIsDone() {
        for (int i = 1; i < InputWindow.MAX_COMMANDS; i++) {
            assertFalse(window.handedOver(CommandTuple.text("x")));
        }
        assertTrue(window.handedOver(CommandTuple.text("x")));
        assertFalse(window.handedOver(CommandTuple.text("x"))); // it was full before
        assertFalse(window.consumed(InputWindow.MAX_COMMANDS / 2));
        assertTrue(window.consumed(1));
        assertFalse(window.full());
    }

    @Test
    void moreCannotBeDoneThanWasHandedOver() {
        window.handedOver(CommandTuple.text("x"));
        window.consumed(5);
        assertEquals(0, window.commands());
        assertEquals(0, window.bytes());
    }

    @Test
    void whatIsOutstandingIsWhatWasHandedOverAndNotDone() {
        Random random = new Random(1);
        Deque<Integer> weights = new ArrayDeque<>();
        for (int i = 0; i < 10_000; i++) {
            if (random.nextInt(3) < 2 && weights.size() < 200) {
                CommandTuple command = CommandTuple.text("x".repeat(random.nextInt(100)));
                window.handedOver(command);
                weights.add(Weight.of(command));
            } else {
                int done = random.nextInt(4);
                window.consumed(done);
                for (int j = 0; j < done; j++) {
                    weights.poll();
                }
            }
            assertEquals(weights.size(), window.commands());
            assertEquals(weights.stream().mapToInt(Integer::intValue).sum(), window.bytes());
        }
    }
}
