package lychgate.peers;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, with a timeout. */
public final class Wait {
    private static final Duration LOOK = Duration.ofMillis(20);

    private Wait() {}

    /** Returns as soon as it is so; fails if it is not so in time. */
    public static void until(String what, Duration most, Callable<Boolean> so) {
        long end = System.nanoTime() + most.toNanos();
        try {
            while (!so.call()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("waited " + most + " for " + what);
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        } catch (Exception e) {
            throw new AssertionError("while waiting for " + what, e);
        }
    }
}
