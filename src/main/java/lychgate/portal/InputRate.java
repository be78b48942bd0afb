package lychgate.portal;

import lychgate.plugin.Limits;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Limits the commands that a session may send per second: {@code limits.commands_per_second}. What
 * its client typed while reading was paused arrives all at once afterwards, and is allowed.
 *
 * <p>{@link #next} belongs to the thread that reads from the client; {@link #paused} and {@link
 * #resumed} come one at a time, on any thread.
 */
final class InputRate {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Whether a command is within the rate. */
    enum Verdict {
        /** It is. */
        ALLOWED,
        /** It is the first of its second that is not. */
        FIRST_TOO_MANY,
        /** It is not, nor was the one before. */
        TOO_MANY
    }

    private final Supplier<Limits> limits;
    private final AtomicLong credit = new AtomicLong(); // commands allowed beyond the rate
    private long secondBegan;
    private int commandsThisSecond;
    private volatile long pausedAt;

    /**
     * @param now the time in nanoseconds, as for all calls
     */
    InputRate(Supplier<Limits> limits, long now) {
        this.limits = limits;
        this.secondBegan = now;
    }

    /** The client sent another command. */
    Verdict next(long now) {
        int allowed = limits.get().commandsPerSecond();
        if (allowed == 0) {
            return Verdict.ALLOWED;
        }
        if (now - secondBegan >= SECOND) {
            secondBegan = now;
            commandsThisSecond = 0;
        }
        commandsThisSecond++;
        if (commandsThisSecond <= allowed || takeCredit()) {
            return Verdict.ALLOWED;
        }
        return commandsThisSecond == allowed + 1 ? Verdict.FIRST_TOO_MANY : Verdict.TOO_MANY;
    }

    /** The client is not read from now on. */
    void paused(long now) {
        pausedAt = now;
    }

    /** The client is read again. */
    void resumed(long now) {
        credit.addAndGet((now - pausedAt) / SECOND * limits.get().commandsPerSecond());
    }

    private boolean takeCredit() {
        return credit.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
}
