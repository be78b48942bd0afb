package lychgate.nats;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/**
 * The threads of a connection.
 *
 * @param events runs one thing after another: what happens to the connection
 * @param timer pings, and the deadlines of questions
 * @param others read and write, and run the receivers of subscriptions
 */
record Threads(ExecutorService events, ScheduledExecutorService timer, ExecutorService others) {
    Threads() {
        this(
                Executors.newSingleThreadExecutor(named("lychgate-nats-events")),
                timer(named("lychgate-nats-timer")),
                Executors.newCachedThreadPool(
                        Thread.ofPlatform().name("lychgate-nats-", 1).daemon().factory()));
    }

    void close() {
        others.shutdownNow();
        timer.shutdownNow();
        events.shutdown(); // what was to be told is told
    }

    /** A question that is answered leaves nothing behind until its deadline. */
    private static ScheduledExecutorService timer(ThreadFactory thread) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, thread);
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static ThreadFactory named(String name) {
        return Thread.ofPlatform().name(name).daemon().factory();
    }
}
