package lychgate.portal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/**
 * Whether the threads that all players share come round: those that read and write sockets, and the
 * one of the game or of the link to it. {@code /readyz}, the watchdog and the log say so.
 */
final class Liveness {
    private static final Logger log = LoggerFactory.getLogger(Liveness.class);

    /**
     * Seconds in which each thread must come round. Slow commands and collections of garbage are
     * over by then; what takes longer does not end by itself.
     */
    static final long MAX_SECONDS = 5;

    private final LongPredicate loopsAlive;
    private final String thread;
    private final LongSupplier busyNanos;
    private boolean said; // by the timer alone

    /**
     * @param loopsAlive whether the I/O loops came round within so many seconds
     * @param thread whose else is looked at, as operators know it
     * @param busyNanos how long that one has been at one thing
     */
    Liveness(LongPredicate loopsAlive, String thread, LongSupplier busyNanos) {
        this.loopsAlive = loopsAlive;
        this.thread = thread;
        this.busyNanos = busyNanos;
    }

    /** The threads that hang, each with a few words. */
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

    /** Says in the log when a thread hangs, and when it goes on. */
    void look() {
        List<String> hang = hindrances();
        if (!hang.isEmpty() && !said) {
            log.warn("not ready: {}", String.join(", ", hang));
        } else if (hang.isEmpty() && said) {
            log.info("ready again: all threads come round");
        }
        said = !hang.isEmpty();
    }
}
