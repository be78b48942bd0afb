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
 * The one thread of a game: runs the game's own tasks in order, timers when they are due, and what
 * it is handed for sessions, these by turns: after each command the session that has used least of
 * the thread is next (see {@link Turns}). What is sent is flushed every so often, which counts as
 * used by those whose commands have sent it, whoever receives it.
 *
 * <p>Its queue has no bound of its own: the portal hands over a bounded number of commands for each
 * session (see {@code PortalSide.consumed}), and no more come until those are done.
 */
final class GameThread {
    private static final Logger log = LoggerFactory.getLogger(GameThread.class);

    /** What the time that work waits for this thread is counted as. */
    static final String NAME = "game";

    /** What a command is counted as that is dropped, since its session and many others are over. */
    private static final String LEFT_COMMANDS = "left_commands";

    /** Tasks between two flushes at most: an answer must not wait for the last of a crowd. */
    private static final int MAX_TASKS = 64;

    /**
     * Sessions of an address that are over and still have commands to be done: as many as it may
     * have connections by default. Of more, which only somebody has who keeps connecting, the
     * commands are dropped: else what waits would have no bound.
     */
    static final int MAX_LEAVING = 32;

    /** Time between two flushes at most, but for the last task's: an answer waits no longer. */
    private static final long MAX_UNFLUSHED_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Cost of what waits to be flushed at most, but for the last task's: a flush is short. */
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
    private final AtomicLong busySince = new AtomicLong(); // 0: it has nothing to do
    private @Nullable SessionQueue current;
    private long unflushed;
    private long longestWait = -1; // of this turn's work; less than 0: there was none
    private @Nullable Runnable first;
    private List<Runnable> last = List.of();
    private boolean stopping;

    /**
     * @param flush hands over what was sent
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

    /** Begins, with that first, however long it takes. */
    void start(Runnable firstThing) {
        first = firstThing;
        thread.start();
    }

    /** Runs something of the game's own, in order. Any thread may call. */
    void run(Runnable task) {
        arrivals.add(new Arrival(null, new Work.Now("a task", task), nanoTime.getAsLong()));
    }

    /** Does something for a session, in the session's order and turn. Any thread may call. */
    void run(SessionQueue queue, Work work) {
        arrivals.add(new Arrival(queue, work, nanoTime.getAsLong()));
    }

    /** Does something for a session that nothing comes behind. Any thread may call. */
    void runLast(SessionQueue queue, Work work) {
        arrivals.add(new Arrival(queue, work, nanoTime.getAsLong(), true));
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

    /** What is being done has sent something: its flush is going to cost about so much. */
    void sent(long cost) {
        unflushed += cost;
        if (current != null && current.sends(cost)) {
            senders.add(current);
        }
    }

    /** A session's pause ends. On this thread. */
    void resume(SessionQueue queue) {
        queue.resume(nanoTime.getAsLong());
        queueIfReady(queue);
    }

    /** The session's player has logged in. On this thread. */
    void loggedIn(SessionQueue queue) {
        turns.loggedIn(queue.place(turns));
    }

    /** The session is over, and what it still had to do is not done. On this thread. */
    void close(SessionQueue queue) {
        if (!queue.closed()) {
            queue.close();
            turns.leave(queue.place(turns));
        }
    }

    /** How long it has been at one thing; 0 while it waits for something to do. Any thread. */
    long busyNanos() {
        long since = busySince.get();
        return since == 0 ? 0 : Math.max(0, nanoTime.getAsLong() - since);
    }

    /**
     * Does what was handed in before, for sessions too, then the last things, and ends. Blocks
     * until then.
     */
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

    /** Whether something waits that was handed in. Only for this thread. */
    boolean busy() {
        return !arrivals.isEmpty() || !tasks.isEmpty() || turns.any();
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
                log.warn("the game thread was interrupted, and goes on");
            }
        }
        last.forEach(GameThread::attempt);
        flush();
    }

    /** Waits until there is something to do. */
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

    /** What is done between two flushes. */
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

    /** Puts what has come where it waits for its turn. */
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

    /** A session is over before all that it had was done. */
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

    /** Flushes, and has those who have sent something pay for it. */
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
