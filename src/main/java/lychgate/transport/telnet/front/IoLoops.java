package lychgate.transport.telnet.front;

import lychgate.rounds.Round;
import lychgate.session.Meters;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.service.IoProcessor;
import org.apache.mina.core.write.WriteRequest;
import org.apache.mina.transport.socket.nio.NioProcessor;
import org.apache.mina.transport.socket.nio.NioSession;
import org.jspecify.annotations.Nullable;

import java.nio.channels.ClosedSelectorException;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The I/O loops of all telnet connections: one thread each, shared by all telnet services. A
 * connection stays on its loop. Each loop records its last round for the watchdog.
 */
public final class IoLoops implements AutoCloseable {
    /** Metric: the time a ready connection waits for its loop. */
    private static final String WAIT_METRIC = "io";

    /**
     * Maximum new connections of a loop per round; more wait in the listen backlog. Opening one
     * takes as long as many lines, and delays the connections already open.
     */
    static final int MAX_OPENED_A_ROUND = 4;

    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().name("lychgate-io-", 0).daemon().factory());
    private final Loop[] loops;
    private final IoProcessor<NioSession> processor = new Dispatcher();

    /**
     * @param count number of loops: one per core
     * @param meters record the time of each round, the longest that a ready connection waits
     */
    public IoLoops(int count, Meters meters) {
        loops = new Loop[count];
        for (int i = 0; i < count; i++) {
            loops[i] = new Loop(threads, meters);
        }
    }

    /** Whether every loop that has connections has completed a round within that time. */
    public boolean alive(long withinSeconds) {
        long now = System.nanoTime();
        for (Loop loop : loops) {
            if (loop.busy() && now - loop.roundAt > TimeUnit.SECONDS.toNanos(withinSeconds)) {
                return false;
            }
        }
        return true;
    }

    /** Stops the loops and closes their remaining connections. */
    @Override
    public void close() {
        processor.dispose();
        threads.shutdown();
    }

    /** Whether every loop can open one more connection in its current round. */
    boolean canOpen() {
        for (Loop loop : loops) {
            if (loop.room.get() <= 0) {
                return false;
            }
        }
        return true;
    }

    IoProcessor<NioSession> processor() {
        return processor;
    }

    ExecutorService threads() {
        return threads;
    }

    /** The loop of a connection, which also runs tasks on its thread. */
    Executor loopOf(NioSession session) {
        return of(session);
    }

    private Loop of(NioSession session) {
        return loops[(int) (session.getId() % loops.length)];
    }

    /** A MINA processor that also runs tasks and records its rounds. */
    private static final class Loop extends NioProcessor implements Executor {
        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private final ExecutorService threads;
        private final Meters meters;
        private final AtomicInteger room = new AtomicInteger(MAX_OPENED_A_ROUND);
        private final Round round = new Round();
        private volatile long roundAt = System.nanoTime();
        private volatile @Nullable Thread inRound; // null while in select, or not running
        private long selectedAt; // 0 before the first select

        Loop(ExecutorService threads, Meters meters) {
            super(threads);
            this.threads = threads;
            this.meters = meters;
        }

        /** Any thread may call. The task must not throw. */
        @Override
        public void execute(Runnable task) {
            tasks.add(task);
            if (runs()) {
                super.wakeup();
            } else {
                runOffLoop(task); // MINA stops the thread after the last connection
            }
        }

        private void runOffLoop(Runnable task) {
            try {
                threads.execute(this::runTasks);
            } catch (RejectedExecutionException e) {
                if (tasks.remove(task)) { // otherwise it is already being run
                    throw e;
                }
            }
        }

        @Override
        protected int select(long timeout) throws Exception {
            long now = System.nanoTime();
            roundAt = now;
            room.set(MAX_OPENED_A_ROUND);
            if (selectedAt != 0) {
                meters.waited(WAIT_METRIC, now - selectedAt);
            }
            inRound = null;
            int selected = super.select(timeout);
            inRound = Thread.currentThread();
            selectedAt = System.nanoTime();
            round.of(this::runTasks); // here: a connection closed in select may have left some
            if (isSelectorEmpty()) {
                inRound = null;
                selectedAt = 0; // the round may be this thread's last
            }
            return selected;
        }

        /** What the sessions read in one round say reaches the game together. */
        @Override
        protected Iterator<NioSession> selectedSessions() {
            Iterator<NioSession> selected = super.selectedSessions();
            round.begin();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    boolean more = selected.hasNext();
                    if (!more) {
                        round.end();
                    }
                    return more;
                }

                @Override
                public NioSession next() {
                    return selected.next();
                }

                @Override
                public void remove() {
                    selected.remove();
                }
            };
        }

        /**
         * Reads once per round: the second read that MINA would do nearly always returns nothing.
         * Remaining data makes the selector ready again.
         */
        @Override
        protected int read(NioSession session, IoBuffer buffer) throws Exception {
            return buffer.position() > 0 ? 0 : super.read(session, buffer);
        }

        /** Starts or stops reading, in the next round, which it triggers. */
        void updateReading(NioSession session) {
            updateTrafficMask(session);
            super.wakeup();
        }

        /**
         * No wakeup for requests from the loop's own thread: they are handled later in the same
         * round (writes, then closes), and a wakeup would cost an empty round.
         */
        @Override
        protected void wakeup() {
            if (!Thread.currentThread().equals(inRound)) {
                super.wakeup();
            }
        }

        /** Runs the tasks queued so far; tasks that they add run in the next round. */
        private void runTasks() {
            for (int left = tasks.size(); left > 0; left--) {
                Runnable task = tasks.poll();
                if (task != null) {
                    task.run();
                }
            }
        }

        private boolean runs() {
            try {
                return busy();
            } catch (ClosedSelectorException e) {
                return false;
            }
        }

        /** On the loop. Without the flush, MINA would never finish a partial write. */
        @Override
        public void updateTrafficControl(NioSession session) {
            super.updateTrafficControl(session);
            flush(session);
        }

        boolean busy() {
            return allSessionsCount() > 0;
        }
    }

    /** Dispatches each connection to its loop, by its id. */
    private final class Dispatcher implements IoProcessor<NioSession> {
        private volatile boolean disposing;

        @Override
        public void add(NioSession session) {
            Loop loop = of(session);
            loop.room.decrementAndGet();
            loop.add(session);
        }

        @Override
        public void flush(NioSession session) {
            of(session).flush(session);
        }

        @Override
        public void write(NioSession session, WriteRequest request) {
            of(session).write(session, request);
        }

        @Override
        public void updateTrafficControl(NioSession session) {
            of(session).updateReading(session); // only the loop may touch the selection key
        }

        @Override
        public void remove(NioSession session) {
            of(session).remove(session);
        }

        @Override
        public boolean isDisposing() {
            return disposing;
        }

        @Override
        public boolean isDisposed() {
            for (Loop loop : loops) {
                if (!loop.isDisposed()) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void dispose() {
            disposing = true;
            for (Loop loop : loops) {
                loop.dispose();
            }
        }
    }
}
