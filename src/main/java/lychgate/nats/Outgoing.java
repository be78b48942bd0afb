package lychgate.nats;

import io.nats.client.impl.NatsStatistics;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what waits to be written to the server. The library's own queue is bounded by number, and
 * makes its callers wait when it is full; with this bound it never is.
 */
final class Outgoing extends NatsStatistics {
    /** The library's bound on the number of messages. */
    static final int QUEUE = 16_384;

    /** Messages that may wait; below {@link #QUEUE}, which keeps room for pings. */
    private static final long MAX_MESSAGES = QUEUE * 3L / 4;

    /** Bytes that may wait: some seconds of what thousands of players see. */
    private static final long MAX_BYTES = 16L * 1024 * 1024;

    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /** Takes room for a message; false if there is none. */
    boolean reserve(long size) {
        if (messages.get() >= MAX_MESSAGES || bytes.get() + size > MAX_BYTES) {
            return false;
        }
        messages.incrementAndGet();
        bytes.addAndGet(size);
        return true;
    }

    /** A message was written; it may be one of the library's own, for which nothing was taken. */
    @Override
    public void incrementOut(long size) {
        super.incrementOut(size);
        written(size);
    }

    /** The connection is a new one: what was being written to the last one is gone. */
    void reset() {
        messages.set(0);
        bytes.set(0);
    }

    /** Gives room back that was not needed. */
    void written(long size) {
        messages.accumulateAndGet(1, (had, one) -> Math.max(0, had - one));
        bytes.accumulateAndGet(size, (had, less) -> Math.max(0, had - less));
    }
}
