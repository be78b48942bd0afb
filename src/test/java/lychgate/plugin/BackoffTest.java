package lychgate.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class BackoffTest {
    private final Backoff backoff = new Backoff();

    @Test
    void pausesGrowByHalfUpToTheLongest() {
        assertEquals(Backoff.FIRST, backoff.next());
        assertEquals(Duration.ofMillis(1_500), backoff.next());
        assertEquals(Duration.ofMillis(2_250), backoff.next());
        for (int i = 0; i < 20; i++) {
            backoff.next();
        }
        assertEquals(Backoff.LONGEST, backoff.next());
    }

    @Test
    void connectionThatIsSoonLostIsAFailureLikeOthers() {
        backoff.next();
        backoff.ended(Backoff.STEADY.minusMillis(1));
        assertEquals(Duration.ofMillis(1_500), backoff.next());
    }

    @Test
    void afterASteadyConnectionTheNextAttemptIsSoon() {
        backoff.next();
        backoff.next();
        backoff.ended(Backoff.STEADY);
        assertEquals(Backoff.FIRST, backoff.next());
    }
}
