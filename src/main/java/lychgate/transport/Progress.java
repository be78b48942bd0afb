package lychgate.transport;

import lychgate.plugin.Limits;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** How a client gets on with what there is for it, as it is looked at now and then. */
final class Progress {
    private static final long STALLED_NANOS = Duration.ofSeconds(Limits.STALLED_SECONDS).toNanos();

    /** How long a client above its limit may take to take a part of it. */
    private static final long GRACE_NANOS = Duration.ofSeconds(2).toNanos();

    /** That part. */
    static final int GRACE_SHARE = 8;

    private @Nullable Mark last; // null: not looked at yet, so that the first look finds no stall
    private @Nullable Mark above; // when it was first seen above its limit, or had taken a part

    /** How much had been taken at a moment. */
    private record Mark(long taken, long at) {}

    /** The connection is another. */
    void reset() {
        last = null;
        above = null;
    }

    /** Whether it has taken nothing for too long, though there was something. */
    boolean isStalled(long now, long taken, long unsent) {
        Mark before = last;
        if (before == null || unsent == 0 || taken != before.taken) {
            last = new Mark(taken, now);
            return false;
        }
        return now - before.at > STALLED_NANOS;
    }

    /** Whether it is above its limit, and has not taken enough of that in time. */
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
