package lychgate.transport.telnet.front;

import lychgate.session.Meters;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.service.IoProcessor;
import org.apache.mina.core.write.WriteRequest;
import org.apache.mina.transport.socket.nio.NioProcessor;
import org.apache.mina.transport.socket.nio.NioSession;
import org.jspecify.annotations.Nullable;

import java.nio.channels.ClosedSelectorException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The loops that read and write all telnet connections: one thread each, shared by all telnet
 * services. A connection stays with its loop. Each loop notes when it last came round, for the
 * watchdog.
 */
public final class IoLoops implements AutoCloseable {
    /** What the time that a connection waits for its loop is counted as. */
    private static final String WAIT_METRIC = "io";

    /**
     * Connections that a loop opens in one round. To open one takes as long as many lines, and who
     * is in waits for the end of the round: the others wait in the system's backlog meanwhile.
     */
    static final int MAX_OPENED_A_ROUND = 4;

    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().name("lychgate-io-", 0).daemon().factory());
    private final Loop[] loops;
    private final IoProcessor<NioSession> processor = new Dispatcher();

    /**
     * @param count of loops: as many as there are cores
     * @param meters count how long a round takes: who becomes ready in it has waited as long at
     *     most
     */
    public IoLoops(int count, Meters meters) {
        loops = new Loop[count];
        for (int i = 0; i < count; i++) {
            loops[i] = new Loop(threads, meters);
        }
    }

    /** Whether each loop that has connections came round within that time. */
    public boolean alive(long withinSeconds) {
        long now = System.nanoTime();
        for (Loop loop : loops) {
            if (loop.busy() && now - loop.roundAt > TimeUnit.SECONDS.toNanos(withinSeconds)) {
                return false;
            }
        }
        return true;
    }

    /** Ends the loops and whatever connections they still have. */
    @Override
    public void close() {
        processor.dispose();
        threads.shutdown();
    }

    /** Whether each loop can open one more connection in the round that it is in. */
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

    /**
     * The loop that reads and writes a connection: runs tasks on its thread, between its rounds.
     */
    Executor loopOf(NioSession session) {
        return of(session);
    }

    private Loop of(NioSession session) {
        return loops[(int) (session.getId() % loops.length)];
    }

    /** A loop of MINA's, with tasks of its own, and a note of when it last looked. */
    private static final class Loop extends NioProcessor implements Executor {
        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private final ExecutorService threads;
        private final Meters meters;
        private final AtomicInteger room = new AtomicInteger(MAX_OPENED_A_ROUND);
        private volatile long roundAt = System.nanoTime();
        private volatile @Nullable Thread inRound; // null: it waits, or does not run
        private long selectedAt; // 0: not yet

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
                runOffLoop(task); // MINA's thread ends with the last connection
            }
        }

        private void runOffLoop(Runnable task) {
            try {
                threads.execute(this::runTasks);
            } catch (RejectedExecutionException e) {
                if (tasks.remove(task)) { // else somebody is running it
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
            runTasks(); // here: a connection that select has just forgotten may have left some
            if (isSelectorEmpty()) {
                inRound = null;
                selectedAt = 0; // the round may be this thread's last
            }
            return selected;
        }

        /**
         * One read a round: a second one, which MINA would do, nearly always finds nothing. What is
         * left over is reported by the selector again.
         */
        @Override
        protected int read(NioSession session, IoBuffer buffer) throws Exception {
            return buffer.position() > 0 ? 0 : super.read(session, buffer);
        }

        /** Starts or stops reading in the next round, which comes at once. */
        void updateReading(NioSession session) {
            updateTrafficMask(session);
            super.wakeup();
        }

        /**
         * What this thread itself asks for in a round is done in that round, behind tasks and
         * reads: writes first, then closings. To be woken for it would cost a round that finds
         * nothing.
         */
        @Override
        protected void wakeup() {
            if (!Thread.currentThread().equals(inRound)) {
                super.wakeup();
            }
        }

        /** Those that are there now: what they bring about waits for the next round. */
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

        /** On the loop. MINA forgets here a write that is half done, and would never finish it. */
        @Override
        public void updateTrafficControl(NioSession session) {
            super.updateTrafficControl(session);
            flush(session);
        }

        boolean busy() {
            return allSessionsCount() > 0;
        }
    }

    /** Sends each connection to the loop that is its own by its number. */
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
            of(session).updateReading(session); // by the loop, which alone may touch the key
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
