package lychgate.portal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs the steps of a shutdown in order, each on its own thread and in bounded time: a step that
 * hangs is abandoned, and ends with the process.
 */
final class StopSteps {
    private static final Logger log = LoggerFactory.getLogger(StopSteps.class);

    /** Time that a step gets even if earlier steps have used up the total. */
    static final Duration LEAST = Duration.ofMillis(100);

    private final LongSupplier nanoTime;
    private final long until;

    /**
     * @param all how long all steps may take in total
     */
    StopSteps(Duration all, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.until = nanoTime.getAsLong() + all.toNanos();
    }

    /**
     * Runs a step.
     *
     * @param name what is stopped, for the log
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
                        "could not stop {} in {} ms, abandoned",
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
