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
 * The threads for what blocks or takes long: a few, which serve those who wait in turn. One source,
 * however many connections it has, has one thread at most and a few places to wait, so that it
 * keeps nobody else out. Any thread may call.
 */
final class Workers {
    /** Threads: as many passwords may be hashed at a time, each with its memory. */
    private static final int THREADS = 2;

    /** Places of a source: what waits there is still answered within half a second. */
    static final int PLACES = 8;

    /** Sources that have work at a time: the last of them waits for some seconds. */
    static final int MAX_SOURCES = 128;

    /** The game itself, for which there is always room. */
    static final Source GAME = new Source("game");

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Meters meters;
    private final Map<Source, Line> lines = new HashMap<>();
    private final Deque<Line> turns = new ArrayDeque<>();
    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    IDLE.toSeconds(),
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(), // holds what a thread takes on when it is done
                    Thread.ofPlatform().name("lychgate-worker-", 0).daemon().factory());
    private int working;
    private boolean stopped;

    /** What one source has waiting; it is there as long as some of it waits or is done. */
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

    /** Does something when its source's turn comes; false if all places are taken. */
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

    /** Ends; what waits and what is under way may take a moment. */
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
        long until = System.nanoTime() + PATIENCE.toNanos();
        for (long left = PATIENCE.toMillis(); left > 0 && !lines.isEmpty(); ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
    }

    /** Has threads that are free do what is next in turn. */
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
            } catch (RuntimeException | Error e) { // no thread could be made
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
