package lychgate.load;

import java.util.concurrent.TimeUnit;

/** A rate limiter. Thread safe. */
final class Pace {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final double nanosEach;
    private double next = System.nanoTime();

    /**
     * @param perSecond units a second; 0: unlimited
     */
    Pace(double perSecond) {
        nanosEach = perSecond == 0 ? 0 : NANOS / perSecond;
    }

    /** Waits until this many more units are allowed. */
    void await(int units) throws InterruptedException {
        if (nanosEach == 0) {
            return;
        }
        double at;
        synchronized (this) {
            at = Math.max(next, System.nanoTime() - NANOS / 10); // missed units are not made up for
            next = at + units * nanosEach;
        }
        long left = (long) (at - System.nanoTime());
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }
}
