package lychgate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for conditions that other threads fulfil, with a timeout that allows for a busy machine.
 */
public final class Await {
    /** Seconds after which nothing is waited for any more. */
    public static final int PATIENCE_SECONDS = 20;

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private Await() {}

    /** Waits until something holds. */
    public static void until(String what, BooleanSupplier holds) {
        if (!held(holds)) {
            fail("in vain awaited: " + what);
        }
    }

    /** Waits until a value is the expected one; a failure shows the one that it is. */
    public static <T> void equal(T expected, Supplier<T> actual) {
        if (!held(() -> expected.equals(actual.get()))) {
            assertEquals(expected, actual.get());
        }
    }

    private static boolean held(BooleanSupplier holds) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > until) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return true;
    }
}
