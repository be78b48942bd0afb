package lychgate.admin.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.address.Source;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class GuessesTest {
    private long nanos = Long.MAX_VALUE - 5; // overflows soon: only differences count
    private final Guesses guesses = new Guesses(() -> nanos);

    @Test
    void addressMayGuessAgainAfterAMinute() {
        guess("192.0.2.7", Guesses.MAX_GUESSES - 1);
        assertTrue(mayGuess("192.0.2.7"));
        guess("192.0.2.7", 1);
        assertFalse(mayGuess("192.0.2.7"));
        assertTrue(mayGuess("192.0.2.8"));
        nanos += Duration.ofMinutes(1).toNanos() + 1;
        assertTrue(mayGuess("192.0.2.7"));
    }

    @Test
    void networkOfASubscriberIsOneAddress() {
        guess("2001:db8::1", Guesses.MAX_GUESSES);
        assertFalse(mayGuess("2001:db8::ffff"));
        assertTrue(mayGuess("2001:db8:0:1::1"));
    }

    @Test
    void addressesAreBoundedAndTheOldestIsForgotten() {
        guess("192.0.2.7", Guesses.MAX_GUESSES);
        for (int i = 1; i < 2 * Guesses.MAX_SOURCES; i++) {
            guess("2001:db8:" + Integer.toHexString(i) + "::1", 1);
        }
        assertEquals(Guesses.MAX_SOURCES, guesses.sources());
        assertTrue(mayGuess("192.0.2.7"));
    }

    private void guess(String address, int times) {
        for (int i = 0; i < times; i++) {
            guesses.wrong(Source.of(address));
        }
    }

    private boolean mayGuess(String address) {
        return guesses.areLeft(Source.of(address));
    }
}
