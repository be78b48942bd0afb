package lychgate.portal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Carries out the steps of a stop, one after the other, each on a thread of its own and in bounded
 * time: one that hangs is left behind, and ends with the process.
 */
final class StopSteps {
    private static final Logger log = LoggerFactory.getLogger(StopSteps.class);

    /** What a step gets even when those before it have used up the time of all. */
    static final Duration LEAST = Duration.ofMillis(100);

    private final LongSupplier nanoTime;
    private final long until;

    /**
     * @param all how long all steps may take together
     */
    StopSteps(Duration all, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.until = nanoTime.getAsLong() + all.toNanos();
    }

    /**
     * Carries out a step.
     *
     * @param name of what is stopped, for the log
     * @param most how long it may take
     */
    void run(String name, Duration most, Runnable step) {
        Thread thread =
                Thread.ofPlatform()
                        .name("lychgate-stop-" + name)
                        .daemon()
                        .start(() -> attempt(name, step));
        long left = Math.max(LEAST.toNanos(), until - nanoTime.getAsLong());
        Duration time = Duration.ofNanos(Math.min(most.toNanos(), left));
        try {
            if (!thread.join(time)) {
                log.warn(
                        "could not stop {} in {} ms: it is left behind",
                        name,
                        TimeUnit.NANOSECONDS.toMillis(time.toNanos()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void attempt(String name, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.error("could not stop {}", name, e);
        }
    }
}
