package lychgate.link.amp;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Logs a line at most every ten seconds and counts those in between. Not thread safe. */
final class RareLog {
    /** Often enough to show that it goes on, and too rarely for a peer to fill the disk. */
    static final long NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoTime;
    private long writtenAt;
    private int left;

    RareLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.writtenAt = nanoTime.getAsLong() - NANOS;
    }

    /**
     * Logs a line, or counts it.
     *
     * @param line called with what to append to the line: how many were left out before it
     */
    void log(Consumer<String> line) {
        long now = nanoTime.getAsLong();
        if (now - writtenAt < NANOS) {
            left++;
            return;
        }
        String others = left == 0 ? "" : " (and " + left + " before it)";
        writtenAt = now;
        left = 0;
        line.accept(others);
    }
}
