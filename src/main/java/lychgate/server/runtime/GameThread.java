package lychgate.server.runtime;

import lychgate.server.GameHost;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The one thread of a game: runs what it is handed in order, and timers when they are due. A turn
 * is what it does before it looks whether there is more; at its end what was sent is flushed.
 *
 * <p>Its queue has no bound of its own: the portal hands over a bounded number of commands for each
 * session (see {@code PortalSide.consumed}), and no more come until those are done.
 */
final class GameThread {
    private static final Logger log = LoggerFactory.getLogger(GameThread.class);

    /** Tasks of one turn at most: a crowd's output must not wait for the last of the crowd. */
    private static final int MAX_TURN = 64;

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final Runnable endOfTurn;
    private final LongSupplier nanoTime;
    private final Thread thread;
    private boolean stopped;

    /**
     * @param nanoTime a clock that only goes forward
     */
    GameThread(Runnable endOfTurn, LongSupplier nanoTime) {
        this.endOfTurn = endOfTurn;
        this.nanoTime = nanoTime;
        this.thread = Thread.ofPlatform().name("lychgate-game").daemon().unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    /** Runs something in its turn. Any thread may call. */
    void run(Runnable task) {
        tasks.add(task);
    }

    /** Whether the caller is this thread. */
    boolean isCurrent() {
        return Thread.currentThread().equals(thread);
    }

    GameHost.Timer after(Duration delay, Runnable task) {
        return add(new Timer(nanoTime.getAsLong() + delay.toNanos(), 0, task));
    }

    GameHost.Timer every(Duration interval, Runnable task) {
        long nanos = interval.toNanos();
        return add(new Timer(nanoTime.getAsLong() + nanos, nanos, task));
    }

    /** Does what was handed in before, then ends. Blocks until then. */
    void stop() {
        run(() -> stopped = true);
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Timers that wait for their time. Only for this thread, or while it rests. */
    int timers() {
        return timers.size();
    }

    private GameHost.Timer add(Timer timer) {
        if (isCurrent()) {
            timers.add(timer);
        } else {
            run(() -> timers.add(timer));
        }
        return timer;
    }

    private void loop() {
        while (!stopped) {
            try {
                turn();
            } catch (InterruptedException e) {
                log.warn("the game thread was interrupted, and goes on");
            }
        }
    }

    private void turn() throws InterruptedException {
        Timer due = timers.peek();
        Runnable task =
                due == null
                        ? tasks.take()
                        : tasks.poll(due.at - nanoTime.getAsLong(), TimeUnit.NANOSECONDS);
        for (int i = 0; task != null && i < MAX_TURN; i++) {
            attempt(task);
            task = tasks.poll();
        }
        if (task != null) {
            attempt(task);
        }
        runTimers();
        attempt(endOfTurn);
    }

    private void runTimers() {
        long now = nanoTime.getAsLong();
        for (Timer due = timers.peek(); due != null && due.at - now <= 0; due = timers.peek()) {
            timers.remove();
            if (!due.cancelled) {
                attempt(due.task);
                if (due.interval > 0 && !due.cancelled) {
                    due.at = now + due.interval;
                    timers.add(due);
                }
            }
        }
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // a stack that ran over is one task's, the thread is everybody's
            log.error("something that the game did has failed", e);
        }
    }

    /** A task and its time. */
    private final class Timer implements GameHost.Timer, Comparable<Timer> {
        private long at;
        private final long interval;
        private final Runnable task;
        private volatile boolean cancelled;

        Timer(long at, long interval, Runnable task) {
            this.at = at;
            this.interval = interval;
            this.task = task;
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (isCurrent()) {
                timers.remove(this);
            } else {
                run(() -> timers.remove(this));
            }
        }

        @Override
        public int compareTo(Timer other) {
            return Long.compare(at - other.at, 0);
        }
    }
}
