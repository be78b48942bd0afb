package lychgate.rounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class RoundTest {
    private final List<String> done = new ArrayList<>();
    private final Runnable first = doing("first");
    private final Runnable second = doing("second");
    private final Round round = new Round();

    private Runnable doing(String what) {
        return () -> done.add(what);
    }

    @AfterEach
    void endRound() {
        round.end();
    }

    @Test
    void whatIsPutOffIsDoneOnceAtTheEndInOrder() {
        round.begin();
        Round.atEnd(first);
        Round.atEnd(second);
        Round.atEnd(first);
        assertEquals(List.of(), done);
        round.end();
        assertEquals(List.of("first", "second"), done);
        round.end();
        assertEquals(2, done.size());
    }

    @Test
    void outsideOfARoundItIsDoneAtOnce() {
        Round.atEnd(first);
        round.begin();
        round.end();
        Round.atEnd(second);
        assertEquals(List.of("first", "second"), done);
    }

    @Test
    void aRoundThatWasNotEndedEndsWhenTheNextOneBegins() {
        round.begin();
        Round.atEnd(first);
        round.begin();
        assertEquals(List.of("first"), done);
    }

    @Test
    void whatFailsDoesNotKeepTheOthersFromBeingDone() {
        round.begin();
        Round.atEnd(
                () -> {
                    throw new IllegalStateException("on purpose");
                });
        Round.atEnd(first);
        round.end();
        assertEquals(List.of("first"), done);
    }

    @Test
    void whatIsPutOffAtTheEndIsDoneAtOnce() {
        round.begin();
        Round.atEnd(() -> Round.atEnd(first));
        round.end();
        assertEquals(List.of("first"), done);
    }

    @Test
    void whatIsPutOffIsDoneEvenIfTheRoundFails() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        round.of(
                                () -> {
                                    Round.atEnd(first);
                                    throw new IllegalStateException("on purpose");
                                }));
        assertEquals(List.of("first"), done);
    }

    @Test
    void aRoundIsOfItsOwnThread() throws InterruptedException {
        round.begin();
        Thread other = Thread.ofPlatform().start(() -> Round.atEnd(first));
        other.join();
        assertEquals(List.of("first"), done);
    }
}
