package lychgate.nats;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt to connect: twice as long after each, with a random part
 * so that many portals do not come at the same moment.
 */
final class Pause {
    /** A server that restarts is back within a second. */
    private static final Duration FIRST = Duration.ofMillis(100);

    private static final Duration LONGEST = Duration.ofSeconds(1);

    private int failures;

    /** The next one. */
    Duration next() {
        return after(failures++);
    }

    /** The next one is short again. */
    void reset() {
        failures = 0;
    }

    /** After so many failures: half of it is random. */
    static Duration after(long failures) {
        long nanos = FIRST.toNanos() << Math.min(failures, 10);
        long most = Math.min(nanos, LONGEST.toNanos());
        return Duration.ofNanos(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    }
}
