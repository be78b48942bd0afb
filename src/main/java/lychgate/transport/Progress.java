package lychgate.transport;

import lychgate.plugin.Limits;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** Detects from periodic samples whether a client takes its output. */
final class Progress {
    private static final long STALLED_NANOS = Duration.ofSeconds(Limits.STALLED_SECONDS).toNanos();

    /** Time within which a client above its limit must take 1/{@link #GRACE_SHARE} of the limit. */
    private static final long GRACE_NANOS = Duration.ofSeconds(2).toNanos();

    /** The share of the limit that must be taken in that time. */
    static final int GRACE_SHARE = 8;

    private @Nullable Mark last; // null before the first sample, so that it never reports a stall
    private @Nullable Mark above; // start of the current grace period; null if not above the limit

    /** The total taken at a point in time. */
    private record Mark(long taken, long at) {}

    /** Starts over, for another connection. */
    void reset() {
        last = null;
        above = null;
    }

    /** Whether the client has taken nothing for too long, though there was unsent output. */
    boolean isStalled(long now, long taken, long unsent) {
        Mark before = last;
        if (before == null || unsent == 0 || taken != before.taken) {
            last = new Mark(taken, now);
            return false;
        }
        return now - before.at > STALLED_NANOS;
    }

    /** Whether the client is above its limit and has not taken enough within the grace period. */
    boolean isTooSlow(long now, long taken, long unsent, long limit) {
        if (unsent <= limit) {
            above = null;
            return false;
        }
        Mark since = above;
        if (since == null) {
            above = new Mark(taken, now);
            return false;
        }
        if (now - since.at < GRACE_NANOS) {
            return false;
        }
        above = new Mark(taken, now);
        return taken - since.taken < limit / GRACE_SHARE;
    }
}
