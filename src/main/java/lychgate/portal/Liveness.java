package lychgate.portal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/**
 * Checks that the shared threads make progress: the I/O threads, and the thread of the game or of
 * the link to it. Reported by {@code /readyz}, the watchdog and the log.
 */
final class Liveness {
    private static final Logger log = LoggerFactory.getLogger(Liveness.class);

    /**
     * Seconds within which each thread must finish its current task. Slow commands and garbage
     * collections take less; what takes longer is assumed to hang.
     */
    static final long MAX_SECONDS = 5;

    private final LongPredicate loopsAlive;
    private final String thread;
    private final LongSupplier busyNanos;
    private boolean said; // only accessed by the timer

    /**
     * @param loopsAlive whether the I/O loops made progress within so many seconds
     * @param thread the name of the other thread, for operators
     * @param busyNanos how long that one has been busy with one task
     */
    Liveness(LongPredicate loopsAlive, String thread, LongSupplier busyNanos) {
        this.loopsAlive = loopsAlive;
        this.thread = thread;
        this.busyNanos = busyNanos;
    }

    /** The threads that hang, each described in a few words. */
    List<String> hindrances() {
        List<String> hang = new ArrayList<>();
        if (!loopsAlive.test(MAX_SECONDS)) {
            hang.add("an I/O thread has not come round for " + MAX_SECONDS + " s");
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(busyNanos.getAsLong());
        if (seconds >= MAX_SECONDS) {
            hang.add(thread + " has not come round for " + seconds + " s");
        }
        return hang;
    }

    /** Logs when a thread hangs, and when it recovers. */
    void look() {
        List<String> hang = hindrances();
        if (!hang.isEmpty() && !said) {
            log.warn("not ready: {}", String.join(", ", hang));
        } else if (hang.isEmpty() && said) {
            log.info("ready again: all threads make progress");
        }
        said = !hang.isEmpty();
    }
}
