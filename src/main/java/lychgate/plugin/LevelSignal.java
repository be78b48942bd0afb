package lychgate.plugin;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Passes on a level that several threads change: one call at a time, the newest value last, and no
 * lock held meanwhile. A value that was replaced before it could be told is skipped.
 */
public final class LevelSignal {
    private final BooleanSupplier level;
    private final Listener listener;
    private final AtomicInteger changes = new AtomicInteger();
    private boolean told;

    /** Hears of the level's changes. */
    @FunctionalInterface
    public interface Listener {
        /** The level is that from now on; never the same twice running. */
        void level(boolean now);
    }

    /**
     * @param initial what the listener takes for granted
     * @param level the value now; any thread may ask
     */
    public LevelSignal(boolean initial, BooleanSupplier level, Listener listener) {
        this.told = initial;
        this.level = level;
        this.listener = listener;
    }

    /** The level may have changed: the listener hears of it, on this thread or another's. */
    public void changed() {
        if (changes.getAndIncrement() > 0) {
            return; // who is at it looks once more
        }
        int seen;
        do {
            seen = changes.get();
            boolean now = level.getAsBoolean();
            if (now != told) {
                told = now;
                tell(now);
            }
        } while (changes.addAndGet(-seen) > 0);
    }

    private void tell(boolean now) {
        try {
            listener.level(now);
        } catch (RuntimeException | Error e) {
            told = !now;
            changes.set(0); // or nobody would ever be told again
            throw e;
        }
    }
}
