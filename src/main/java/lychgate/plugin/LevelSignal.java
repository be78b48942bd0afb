package lychgate.plugin;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Reports a value that several threads change: one call at a time, the newest value last, without
 * holding a lock. A value that was replaced before it was reported is skipped.
 */
public final class LevelSignal {
    private final BooleanSupplier level;
    private final Receiver receiver;
    private final AtomicInteger changes = new AtomicInteger();
    private volatile boolean repeat;
    private boolean told;

    /** Receives the changes. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * The value has changed. Called with the same value twice in a row only after {@link
         * LevelSignal#repeat}.
         */
        void level(boolean now);
    }

    /**
     * @param initial the value that the receiver assumes at first
     * @param level the current value; called by any thread
     */
    public LevelSignal(boolean initial, BooleanSupplier level, Receiver receiver) {
        this.told = initial;
        this.level = level;
        this.receiver = receiver;
    }

    /** Reports the value even if it has not changed: the receiver has forgotten it. */
    public void repeat() {
        repeat = true;
        changed();
    }

    /**
     * The value may have changed: the receiver is told, on this thread or on one that is telling it
     * already.
     */
    public void changed() {
        if (changes.getAndIncrement() > 0) {
            return; // the thread that is telling checks again
        }
        int seen;
        do {
            seen = changes.get();
            boolean again = repeat;
            repeat = false;
            boolean now = level.getAsBoolean();
            if (now != told || again) {
                told = now;
                tell(now);
            }
        } while (changes.addAndGet(-seen) > 0);
    }

    private void tell(boolean now) {
        try {
            receiver.level(now);
        } catch (RuntimeException | Error e) {
            told = !now;
            changes.set(0); // otherwise nobody would be told again
            throw e;
        }
    }
}
