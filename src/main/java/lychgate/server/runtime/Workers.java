package lychgate.server.runtime;

import lychgate.address.Source;
import lychgate.session.Meters;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few threads for slow or blocking work, which serve all sources in turn. A source, however many
 * connections it has, occupies at most one thread and has a short queue, so that it cannot keep
 * others out. Any thread may call.
 */
final class Workers {
    /** Number of threads, and so of passwords hashed at a time, each of which takes memory. */
    private static final int THREADS = 2;

    /** Queue length of a source: work at its end is still done within half a second. */
    static final int PLACES = 8;

    /** Most sources with work at a time: the last of them waits for some seconds. */
    static final int MAX_SOURCES = 128;

    /** The game itself; the limit on sources does not apply to it. */
    static final Source GAME = new Source("game");

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    private final Meters meters;
    private final Map<Source, Line> lines = new HashMap<>();
    private final Deque<Line> turns = new ArrayDeque<>();
    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    IDLE.toSeconds(),
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(), // bounded by what begin() hands in
                    Thread.ofPlatform().name("lychgate-worker-", 0).daemon().factory());
    private int working;
    private boolean stopped;

    /** The queue of one source; exists while it has work. */
    private static final class Line {
        private final Source source;
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private boolean working;

        private Line(Source source) {
            this.source = source;
        }
    }

    Workers(Meters meters) {
        this.meters = meters;
        pool.allowCoreThreadTimeOut(true);
    }

    /** Runs work when its source's turn comes; false if its queue is full. */
    synchronized boolean run(Source source, Runnable work) {
        if (stopped) {
            return false;
        }
        Line line = lines.get(source);
        boolean full = lines.size() >= MAX_SOURCES && !source.equals(GAME);
        if (line == null ? full : line.waiting.size() >= PLACES) {
            meters.refused("workers");
            return false;
        }
        if (line == null) {
            line = new Line(source);
            lines.put(source, line);
        }
        line.waiting.add(work);
        if (!line.working && line.waiting.size() == 1) {
            turns.add(line);
        }
        begin();
        return true;
    }

    /** Stops, after giving waiting and running work a moment to finish. */
    void stop() {
        try {
            awaitRest();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pool.shutdownNow();
    }

    private synchronized void awaitRest() throws InterruptedException {
        stopped = true;
        long until = System.nanoTime() + STOP_TIMEOUT.toNanos();
        for (long left = STOP_TIMEOUT.toMillis(); left > 0 && !lines.isEmpty(); ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
    }

    /** Gives free threads the next work. */
    private void begin() {
        while (working < THREADS && !turns.isEmpty()) {
            Line line = turns.remove();
            Runnable work = line.waiting.remove();
            line.working = true;
            working++;
            try {
                pool.execute(
                        () -> {
                            try {
                                work.run();
                            } finally {
                                done(line);
                            }
                        });
            } catch (RuntimeException | Error e) { // no thread could be created
                done(line);
                throw e;
            }
        }
    }

    private synchronized void done(Line line) {
        working--;
        line.working = false;
        if (line.waiting.isEmpty()) {
            lines.remove(line.source);
            notifyAll();
        } else {
            turns.add(line);
        }
        if (!pool.isShutdown()) {
            begin();
        }
    }
}
