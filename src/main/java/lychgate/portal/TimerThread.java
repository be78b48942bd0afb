package lychgate.portal;

import lychgate.plugin.Scheduler;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs delayed and periodic tasks on one thread. */
public final class TimerThread implements Scheduler, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TimerThread.class);

    private final ScheduledThreadPoolExecutor executor;

    /**
     * Starts it.
     *
     * @param name of the thread
     */
    public TimerThread(String name) {
        executor =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name(name).daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        return cancellable(
                executor.schedule(() -> attempt(task), delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public Cancellable every(Duration interval, Runnable task) {
        long millis = interval.toMillis();
        return cancellable(
                executor.scheduleWithFixedDelay(
                        () -> attempt(task), millis, millis, TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static Cancellable cancellable(Future<?> future) {
        return () -> future.cancel(false);
    }

    /** A failing run must not cancel a periodic task. */
    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("timer task failed", e);
        }
    }
}
