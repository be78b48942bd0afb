package lychgate.server.runtime;

import lychgate.server.runtime.SessionQueue.Arrival;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Logs work that blocked the game thread, and so all players, for long: whose, and which command,
 * never its arguments. Further cases within ten seconds are counted and reported with the next
 * line.
 */
final class SlowWork {
    private static final Logger log = LoggerFactory.getLogger(SlowWork.class);

    /** Players notice from here on, and operators should know why. */
    static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Time between two log lines: a slow command that is repeated must not fill the log. */
    private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoTime;
    private boolean said;
    private long saidAt;
    private int unsaid;

    SlowWork(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Work has taken this long. */
    void note(Arrival arrival, long nanos) {
        if (nanos < SLOW_NANOS) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (said && now - saidAt < BETWEEN_NANOS) {
            unsaid++;
            return;
        }
        log.warn(
                "{} kept the game thread for {} ms: {}{}",
                arrival.queue() == null ? "the game" : "session " + arrival.queue().session(),
                TimeUnit.NANOSECONDS.toMillis(nanos),
                arrival.work().name(),
                unsaid == 0 ? "" : " (" + unsaid + " more since the last such line)");
        said = true;
        saidAt = now;
        unsaid = 0;
    }
}
