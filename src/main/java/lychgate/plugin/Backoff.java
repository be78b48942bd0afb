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

    private volatile Duration next = FIRST;

    /** How long to wait now. */
    public Duration next() {
        Duration now = next;
        Duration longer = now.multipliedBy(3).dividedBy(2);
        next = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        return now;
    }

    /** A connection has lasted: the next one need not wait long. Any thread may call. */
    public void reset() {
        next = FIRST;
    }
}
