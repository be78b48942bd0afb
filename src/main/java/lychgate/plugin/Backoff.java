package lychgate.plugin;

import java.time.Duration;

/**
 * How long an {@link OutboundSession} waits before its next attempt to connect: longer after each
 * failure, as Evennia's bots do. For one thread, but for {@link #reset}.
 */
public final class Backoff {
    /** After the first failure. */
    public static final Duration FIRST = Duration.ofSeconds(1);

    /** The longest: a server that is back is used within a minute. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    /** A connection that has lasted so long was a success, not one more that is soon lost. */
    public static final Duration STEADY = Duration.ofSeconds(60);

    private volatile Duration next = FIRST;

    /** How long to wait now. */
    public Duration next() {
        Duration now = next;
        Duration longer = now.multipliedBy(3).dividedBy(2);
        next = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        return now;
    }

    /** A connection that was of use has ended: if it was steady, the next need not wait long. */
    public void ended(Duration lasted) {
        if (lasted.compareTo(STEADY) >= 0) {
            reset();
        }
    }

    /** The next attempt need not wait long. Any thread may call. */
    public void reset() {
        next = FIRST;
    }
}
