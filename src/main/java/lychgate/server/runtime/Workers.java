package lychgate.server.runtime;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads for what blocks or takes long: a few, with a few places to wait. */
final class Workers {
    /** Threads: as many passwords may be hashed at a time, each with its memory. */
    private static final int THREADS = 2;

    /** Places to wait: what waits there is still answered within half a second. */
    private static final int PLACES = 8;

    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    30,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(PLACES),
                    Thread.ofPlatform().name("lychgate-worker-", 0).daemon().factory());

    Workers() {
        pool.allowCoreThreadTimeOut(true);
    }

    /** Runs something as soon as a thread is free; false if all places are taken. */
    boolean run(Runnable work) {
        try {
            pool.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Ends; what is under way may take a moment. */
    void stop() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(Duration.ofSeconds(2).toMillis(), TimeUnit.MILLISECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
