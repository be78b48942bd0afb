package lychgate.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.transport.Reading.Pause;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ReadingTest {
    private final List<Boolean> told = new ArrayList<>();
    private final Reading reading = new Reading(told::add, () -> {});

    @Test
    void connectionIsReadWhenTheLastReasonAgainstItIsGone() {
        reading.pause(Pause.HELD, true);
        reading.pause(Pause.BEHIND, true);
        reading.pause(Pause.HELD, false);
        assertEquals(List.of(false), told);
        reading.pause(Pause.BEHIND, false);
        assertEquals(List.of(false, true), told);
    }

    @Test
    void sessionThatIsOverReadsWhateverTheGameAndTheClientAreBehindWith() {
        reading.pause(Pause.HELD, true);
        reading.pause(Pause.BEHIND, true);
        reading.discard();
        assertEquals(List.of(false, true), told);
        reading.pause(Pause.HELD, false);
        reading.pause(Pause.HELD, true);
        assertEquals(List.of(false, true), told);
    }

    @Test
    void whatWasReadInPartIsDealtWithWhenGameAndClientAreNotBehind() {
        List<Boolean> dealing = new ArrayList<>();
        Reading[] both = new Reading[1];
        both[0] = new Reading(told::add, () -> dealing.add(both[0].mayProcess()));
        both[0].pause(Pause.UNFINISHED, true);
        dealing.clear();
        both[0].pause(Pause.HELD, true);
        assertEquals(List.of(), dealing);
        both[0].pause(Pause.HELD, false);
        assertEquals(List.of(true), dealing);
        assertEquals(List.of(false), told);
        both[0].pause(Pause.UNFINISHED, false);
        assertEquals(List.of(false, true), told);
    }

    @Test
    void clientThatSendsNoMoreIsNotReadAlsoWhenTheSessionIsOver() {
        reading.pause(Pause.ENDED, true);
        reading.discard();
        assertEquals(List.of(false), told);
    }
}
