package lychgate.examples.irc;

import java.time.Duration;

/** How long to wait before the next attempt to connect: longer after each failure. */
final class Backoff {
    /** After the first failure. */
    static final Duration FIRST = Duration.ofSeconds(1);

    /** The longest: a server that is back is used within a minute. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    private Duration next = FIRST;

    /** How long to wait now. */
    Duration next() {
        Duration now = next;
        Duration longer = now.multipliedBy(3).dividedBy(2);
        next = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        return now;
    }

    /** An attempt has succeeded. */
    void reset() {
        next = FIRST;
    }
}
