package lychgate.server.runtime;

import lychgate.server.GameHost;
import lychgate.server.runtime.SessionQueue.Arrival;
import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The game's single thread: runs the game's own tasks in order, timers when they are due, and work
 * for sessions by turns: after each command, the session that has used the thread least is next
 * (see {@link Turns}). Output is flushed every so often; its cost is charged to the sessions whose
 * commands sent it, whoever receives it.
 *
 * <p>Its queue has no bound of its own: the portal passes on a bounded number of commands per
 * session (see {@code PortalSide.consumed}) until some of them are done.
 */
final class GameThread {
    private static final Logger log = LoggerFactory.getLogger(GameThread.class);

    /** The name under which waiting for this thread is counted. */
    static final String NAME = "game";

    /** The reason counted for commands dropped because their session and many others have ended. */
    private static final String LEFT_COMMANDS = "left_commands";

    /** Most tasks between two flushes: an answer must not wait for everybody else's. */
    private static final int MAX_TASKS = 64;

    /**
     * Most ended sessions of an address whose remaining commands are still run: as many as it may
     * have connections by default. Only a client that keeps reconnecting has more; their commands
     * are dropped, because the queue would have no bound otherwise.
     */
    static final int MAX_LEAVING = 32;

    /** Most time between two flushes, not counting the last task: an answer waits no longer. */
    private static final long MAX_UNFLUSHED_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Most cost of unflushed output, not counting the last task: a flush stays short. */
    private static final long MAX_UNFLUSHED_COST = TimeUnit.MILLISECONDS.toNanos(2);

    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final Deque<Arrival> tasks = new ArrayDeque<>();
    private final Turns<SessionQueue> turns = new Turns<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final List<SessionQueue> senders = new ArrayList<>();
    private final Runnable flush;
    private final Meters meters;
    private final LongSupplier nanoTime;
    private final SlowWork slow;
    private final Thread thread;
    private final AtomicLong busySince = new AtomicLong(); // 0: idle
    private @Nullable SessionQueue current;
    private long unflushed;
    private long longestWait = -1; // in this turn; negative: no work yet
    private @Nullable Runnable first;
    private List<Runnable> last = List.of();
    private boolean stopping;

    /**
     * @param flush hands output to the portal
     * @param nanoTime a clock that only goes forward
     */
    GameThread(Runnable flush, Meters meters, LongSupplier nanoTime) {
        this.flush = flush;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.slow = new SlowWork(nanoTime);
        this.thread = Thread.ofPlatform().name("lychgate-game").daemon().unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    /** Starts, and runs that task first, however long it takes. */
    void start(Runnable firstThing) {
        first = firstThing;
        thread.start();
    }

    /** Runs a task of the game's own, in order. Any thread may call. */
    void run(Runnable task) {
        arrivals.add(new Arrival(null, new Work.Now("a task", task), nanoTime.getAsLong()));
    }

    /** Runs work for a session, in the session's order and turn. Any thread may call. */
    void run(SessionQueue queue, Work work) {
        arrivals.add(new Arrival(queue, work, nanoTime.getAsLong()));
    }

    /** Runs the last work of a session. Any thread may call. */
    void runLast(SessionQueue queue, Work work) {
        arrivals.add(new Arrival(queue, work, nanoTime.getAsLong(), true));
    }

    /** Whether the calling thread is this one. */
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

    /** The current work has sent output whose flush will cost about that much. */
    void sent(long cost) {
        unflushed += cost;
        if (current != null && current.sends(cost)) {
            senders.add(current);
        }
    }

    /** Ends a pause of a session. On this thread. */
    void resume(SessionQueue queue) {
        queue.resume(nanoTime.getAsLong());
        queueIfReady(queue);
    }

    /** The session's player has logged in. On this thread. */
    void loggedIn(SessionQueue queue) {
        turns.loggedIn(queue.place(turns));
    }

    /** The session has ended; its remaining work is dropped. On this thread. */
    void close(SessionQueue queue) {
        if (!queue.closed()) {
            queue.close();
            turns.leave(queue.place(turns));
        }
    }

    /**
     * For how many nanoseconds it has been busy with one task; 0 while idle. Any thread may ask.
     */
    long busyNanos() {
        long since = busySince.get();
        return since == 0 ? 0 : Math.max(0, nanoTime.getAsLong() - since);
    }

    /** Runs all work submitted before, then the last tasks, and stops. Blocks until then. */
    void stop(List<Runnable> lastThings) {
        run(
                () -> {
                    last = List.copyOf(lastThings);
                    stopping = true;
                });
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether work is waiting. Only for this thread. */
    boolean busy() {
        return !arrivals.isEmpty() || !tasks.isEmpty() || turns.any();
    }

    /** The number of pending timers. Only for this thread, or while it is idle. */
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
        busySince.lazySet(nanoTime.getAsLong());
        if (first != null) {
            attempt(first);
            flush();
        }
        while (!stopping || turns.any()) {
            try {
                await();
                turn();
            } catch (InterruptedException e) {
                log.warn("game thread interrupted, continuing");
            }
        }
        last.forEach(GameThread::attempt);
        flush();
    }

    /** Waits for work. */
    private void await() throws InterruptedException {
        if (busy()) {
            return;
        }
        busySince.lazySet(0);
        Timer due = timers.peek();
        Arrival first =
                due == null
                        ? arrivals.take()
                        : arrivals.poll(due.at - nanoTime.getAsLong(), TimeUnit.NANOSECONDS);
        if (first != null) {
            sort(first);
        }
    }

    /** Runs work until the next flush, and flushes. */
    private void turn() {
        long began = nanoTime.getAsLong();
        long now = began;
        for (int i = 0;
                i < MAX_TASKS
                        && now - began < MAX_UNFLUSHED_NANOS
                        && unflushed < MAX_UNFLUSHED_COST;
                i++) {
            sortArrivals();
            SessionQueue session = turns.next();
            Arrival task = tasks.poll();
            if (session == null && task == null) {
                break;
            }
            boolean taskFirst = task != null && (session == null || task.at() <= session.since());
            if (task != null && taskFirst) {
                now = work(task, now);
            }
            if (session != null) {
                now = turn(session, now);
            }
            if (task != null && !taskFirst) {
                now = work(task, now);
            }
        }
        if (longestWait >= 0) {
            meters.waited(NAME, longestWait); // once a turn: each is a tenth of a short command
            longestWait = -1;
        }
        runTimers();
        flush();
    }

    /** Moves new arrivals to the queues where they wait for their turns. */
    private void sortArrivals() {
        for (Arrival next = poll(); next != null; next = poll()) {
            sort(next);
        }
    }

    private @Nullable Arrival poll() {
        return stopping ? null : arrivals.poll();
    }

    private void queueIfReady(SessionQueue queue) {
        if (!queue.closed() && queue.ready()) {
            turns.ready(queue.place(turns));
        }
    }

    private void sort(Arrival arrival) {
        SessionQueue queue = arrival.queue();
        if (queue == null) {
            tasks.add(arrival);
        } else if (!queue.closed()) {
            if (arrival.last() && queue.ready()) {
                leaves(queue);
            }
            queue.add(arrival);
            queueIfReady(queue);
        }
    }

    /** A session has ended with work left. */
    private void leaves(SessionQueue queue) {
        if (turns.leaving(queue.place(turns)) > MAX_LEAVING) {
            for (int i = queue.dropCommands(); i > 0; i--) {
                meters.refused(LEFT_COMMANDS);
            }
        }
    }

    private long turn(SessionQueue session, long now) {
        Arrival arrival = session.next();
        long then = now;
        if (arrival != null) {
            current = session;
            then = work(arrival, now);
            current = null;
        }
        if (!session.closed()) {
            turns.cost(session.place(turns), then - now);
            queueIfReady(session);
        }
        return then;
    }

    private long work(Arrival arrival, long now) {
        busySince.lazySet(now);
        longestWait = Math.max(longestWait, Math.max(0, now - arrival.at()));
        attempt(arrival.work());
        long then = nanoTime.getAsLong();
        slow.note(arrival, then - now);
        return then;
    }

    private void runTimers() {
        long now = nanoTime.getAsLong();
        for (Timer due = timers.peek(); due != null && due.at - now <= 0; due = timers.peek()) {
            timers.remove();
            if (!due.cancelled) {
                busySince.lazySet(nanoTime.getAsLong());
                attempt(due.task);
                if (due.interval > 0 && !due.cancelled) {
                    due.at = now + due.interval;
                    timers.add(due);
                }
            }
        }
    }

    /** Flushes output and charges its cost to the senders. */
    private void flush() {
        long before = nanoTime.getAsLong();
        busySince.lazySet(before);
        attempt(flush);
        long all = unflushed;
        unflushed = 0;
        if (senders.isEmpty()) {
            return;
        }
        double share = (double) (nanoTime.getAsLong() - before) / all;
        for (SessionQueue sender : senders) {
            long cost = (long) (sender.takeSent() * share);
            if (!sender.closed()) {
                turns.cost(sender.place(turns), cost);
            }
        }
        senders.clear();
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // e.g. a stack overflow: the task fails, the thread must go on
            log.error("task of the game failed", e);
        }
    }

    /** A scheduled task. */
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
