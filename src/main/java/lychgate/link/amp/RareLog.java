package lychgate.link.amp;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Lets a log line pass once in ten seconds, and counts those between. Not thread safe. */
final class RareLog {
    /** How often: an operator sees that it goes on, and no peer can fill the disk. */
    static final long NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoTime;
    private long writtenAt;
    private int left;

    RareLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.writtenAt = nanoTime.getAsLong() - NANOS;
    }

    /**
     * Writes a line, or counts it.
     *
     * @param line is handed what belongs at the line's end: how many were not written before it
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
