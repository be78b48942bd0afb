package lychgate.admin.page;

import lychgate.address.Source;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Wrong tokens, counted for each address, so that whoever guesses keeps no operator out who comes
 * from elsewhere. Thread safe.
 */
final class Guesses {
    /** Guesses a minute; each costs us nothing, and them a minute's twentieth. */
    static final int MAX_GUESSES = 20;

    /**
     * Addresses that are remembered; one more, and the first is forgotten. With that many, all of
     * them together still do not guess a token.
     */
    static final int MAX_SOURCES = 1_000;

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final Map<Source, Count> counts = new LinkedHashMap<>(); // guarded by this

    /** How often, in the minute that began then. */
    private record Count(long began, int times) {}

    /**
     * @param nanoTime a clock that only goes forward
     */
    Guesses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether it may guess at this time. */
    synchronized boolean areLeft(Source from) {
        long now = nanoTime.getAsLong();
        counts.values().removeIf(count -> now - count.began > MINUTE);
        Count count = counts.get(from);
        return count == null || count.times < MAX_GUESSES;
    }

    /** It has shown a wrong token. */
    synchronized void wrong(Source from) {
        Count before = counts.get(from);
        counts.put(
                from,
                before == null
                        ? new Count(nanoTime.getAsLong(), 1)
                        : new Count(before.began, before.times + 1));
        if (counts.size() > MAX_SOURCES) {
            Iterator<Source> oldest = counts.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** How many addresses are remembered. */
    synchronized int sources() {
        return counts.size();
    }
}
