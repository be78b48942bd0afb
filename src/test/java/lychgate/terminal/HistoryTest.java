package lychgate.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History();

    @Test
    void keepsWhatAPersonLooksThrough() {
        for (int i = 0; i < 250; i++) {
            history.add("say good evening to them " + i);
        }
        assertEquals(200, history.size());
        assertEquals("say good evening to them 50", history.get(0));
    }

    @Test
    void weighsNoMoreThanItMayHoweverItsLinesAre() {
        for (String line : new String[] {"x", "x".repeat(1_000), "\u0434".repeat(1_000)}) {
            for (int i = 0; i < 1_000; i++) {
                history.add(line + i);
                assertTrue(history.bytes() <= History.MAX_BYTES);
            }
            assertEquals(line + 999, history.get(history.size() - 1));
        }
    }

    @Test
    void lineThatIsLongerThanAllIsNotKept() {
        history.add("look");
        history.add("\u0434".repeat(History.MAX_BYTES / 2));
        assertEquals(1, history.size());
    }
}
