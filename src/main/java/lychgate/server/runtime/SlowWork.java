package lychgate.server.runtime;

import lychgate.server.runtime.SessionQueue.Arrival;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says in the log what has kept the game thread for long, and all players waiting: who, and by what
 * command, never its arguments. What follows within ten seconds is counted and said with the next.
 */
final class SlowWork {
    private static final Logger log = LoggerFactory.getLogger(SlowWork.class);

    /** From here on players notice, and an operator should know why. */
    static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Time between two lines: a slow command that is repeated must not fill the log. */
    private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoTime;
    private boolean said;
    private long saidAt;
    private int unsaid;

    SlowWork(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Work has taken so long. */
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
