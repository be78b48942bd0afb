package lychgate.load;

import java.util.concurrent.TimeUnit;

/** Keeps something to so many units a second. Safe for several threads. */
final class Pace {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final double nanosEach;
    private double next = System.nanoTime();

    /**
     * @param perSecond 0: as fast as it goes
     */
    Pace(double perSecond) {
        nanosEach = perSecond == 0 ? 0 : NANOS / perSecond;
    }

    /** Waits until so many more may be. */
    void await(int units) throws InterruptedException {
        if (nanosEach == 0) {
            return;
        }
        double at;
        synchronized (this) {
            at =
                    Math.max(
                            next,
                            System.nanoTime() - NANOS / 10); // what was missed is not made up for
            next = at + units * nanosEach;
        }
        long left = (long) (at - System.nanoTime());
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }
}
