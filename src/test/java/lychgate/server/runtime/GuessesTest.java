package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.address.Source;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class GuessesTest {
    private static final Source HOME = new Source("192.0.2.1");
    private static final Source AWAY = new Source("192.0.2.2");
    private static final Duration AT_ONCE = Duration.ZERO;

    private long now;
    private final Guesses guesses = new Guesses(() -> now);

    @Test
    void firstFailuresOfASourceDelayNothing() {
        fail(Guesses.FREE_OF_SOURCE - 1, "rowan", AWAY);
        assertEquals(AT_ONCE, guesses.delay("rowan", AWAY));
    }

    @Test
    void eachFurtherFailureDoublesTheDelayUntilItIsTheLongest() {
        fail(Guesses.FREE_OF_SOURCE, "rowan", AWAY);
        assertEquals(Duration.ofMillis(500), guesses.delay("rowan", AWAY));
        fail(1, "rowan", AWAY);
        assertEquals(Duration.ofSeconds(1), guesses.delay("rowan", AWAY));
        fail(1, "rowan", AWAY);
        assertEquals(Duration.ofSeconds(2), guesses.delay("rowan", AWAY));
        fail(1_000, "rowan", AWAY);
        assertEquals(Guesses.SLOWEST_SOURCE, guesses.delay("rowan", AWAY));
    }

    @Test
    void sourceIsSlowedForEveryAccount() {
        fail(Guesses.FREE_OF_SOURCE, "rowan", AWAY);
        assertEquals(Duration.ofMillis(500), guesses.delay("ash", AWAY));
    }

    @Test
    void anotherSourceIsNotSlowedByIt() {
        fail(Guesses.FREE_OF_ACCOUNT - 1, "rowan", AWAY);
        assertEquals(AT_ONCE, guesses.delay("rowan", HOME));
    }

    @Test
    void accountThatManySourcesGuessAtIsSlowedForStrangersALittle() {
        for (int i = 0; i < 10 * Guesses.FREE_OF_ACCOUNT; i++) {
            fail(1, "rowan", new Source("198.51.100." + i));
        }
        assertEquals(Guesses.SLOWEST_ACCOUNT, guesses.delay("Rowan", AWAY));
        assertEquals(AT_ONCE, guesses.delay("ash", AWAY));
    }

    @Test
    void whoIsAtHomeInTheAccountIsNotSlowedByWhatOthersDo() {
        guesses.loggedIn("Rowan", HOME);
        fail(1_000, "rowan", AWAY);
        fail(1_000, "ash", HOME);
        assertEquals(AT_ONCE, guesses.delay("rowan", HOME));
    }

    @Test
    void homeIsNoLicenceToGuess() {
        guesses.loggedIn("rowan", HOME);
        fail(1_000, "rowan", HOME);
        assertEquals(Guesses.SLOWEST_SOURCE, guesses.delay("rowan", HOME));
    }

    @Test
    void homeInOneAccountIsNoneInAnother() {
        guesses.loggedIn("mine", HOME);
        fail(1_000, "rowan", HOME);
        assertEquals(Guesses.SLOWEST_SOURCE, guesses.delay("rowan", HOME));
    }

    @Test
    void failuresAreForgottenWithTime() {
        fail(1_000, "rowan", AWAY);
        now += Duration.ofMinutes(5).toNanos();
        assertEquals(AT_ONCE, guesses.delay("rowan", AWAY));
    }

    @Test
    void whatIsRememberedHasABound() {
        for (int i = 0; i < 2 * Guesses.MAX_REMEMBERED; i++) {
            Source source = new Source("source " + i);
            guesses.failed("account " + i, source);
            guesses.loggedIn("account " + i, source);
        }
        for (int i = 0; i < 100; i++) {
            guesses.loggedIn("rowan", new Source("source " + i));
        }
        assertTrue(guesses.remembered() <= 3 * Guesses.MAX_REMEMBERED);
    }

    private void fail(int times, String account, Source source) {
        for (int i = 0; i < times; i++) {
            guesses.failed(account, source);
        }
    }
}
