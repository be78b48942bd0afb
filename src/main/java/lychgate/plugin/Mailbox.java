package lychgate.plugin;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs the tasks of one connection one at a time and in order. If nothing is running, a task runs
 * at once on the calling thread; otherwise it is queued, and the thread that is running tasks picks
 * it up. No thread ever waits for another: an I/O thread decodes here, the game thread encodes.
 *
 * <p><b>Which thread runs what.</b> Input ({@link #input}, {@link #inputLater}) runs on the
 * connection's own thread only, its <i>owner</i>: the I/O loop that reads it. Any other thread runs
 * at most {@value #FOREIGN_TASKS} tasks, its own included, then hands over to the owner. The owner
 * runs one portion of input and at most {@value #OWN_TASKS} tasks before it returns to its other
 * connections. So a flooding client delays neither the game thread nor its neighbours. Output is
 * written by the owner, too; see {@link #whenDone}.
 *
 * <p>Running on the calling thread is up to twice as fast as switching threads for each task
 * (docs/performance.md). The price: a task must not block.
 */
public final class Mailbox {
    /** Tasks that a thread other than the owner runs in one go: its own and a few queued ones. */
    static final int FOREIGN_TASKS = 8;

    /** Tasks that the owner runs in one go. */
    static final int OWN_TASKS = 64;

    /** Tasks after which their output is flushed, even if more are queued. */
    static final int TASKS_A_FLUSH = 16;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger(); // includes the running task
    private final Executor owner;
    private final Consumer<Throwable> failed;
    private final AtomicBoolean flushHandedOver = new AtomicBoolean();
    private Runnable flush = () -> {};

    /** A task that only the owner runs. */
    private record Input(Runnable task) implements Runnable {
        @Override
        public void run() {
            task.run();
        }
    }

    /**
     * @param owner runs tasks later on the connection's own thread; if it has shut down and rejects
     *     them, they run on the calling thread
     * @param failed receives what a task threw; the next task runs nevertheless
     */
    public Mailbox(Executor owner, Consumer<Throwable> failed) {
        this.owner = owner;
        this.failed = failed;
    }

    /**
     * Sets the flush, which runs whenever tasks are done and writes their output. The owner always
     * runs it, even if another thread ran the tasks: writing and encrypting would slow down the
     * game thread, and output of several game turns is joined into one write.
     */
    public void whenDone(Runnable task) {
        flush = task;
    }

    /** Runs a task, now or after the queued ones. Any thread may call. */
    public void run(Runnable task) {
        submit(task, false);
    }

    /**
     * Runs a task, now or after the queued ones, and flushes its output at once. Only the owner may
     * call.
     */
    public void runAsOwner(Runnable task) {
        submit(task, true);
    }

    /** Processes input, now or after the queued tasks. Only the owner may call. */
    public void input(Runnable task) {
        submit(new Input(task), true);
    }

    /** Queues input, which the owner processes in its next round. Any thread may call. */
    public void inputLater(Runnable task) {
        waiting.add(new Input(task));
        if (pending.getAndIncrement() == 0) {
            handOver();
        }
    }

    private void submit(Runnable task, boolean own) {
        // A queued task may not be counted yet; a later one must not overtake it.
        if (waiting.isEmpty() && pending.compareAndSet(0, 1)) {
            turn(task, own);
        } else {
            waiting.add(task);
            if (pending.getAndIncrement() == 0) {
                if (own || !(waiting.peek() instanceof Input)) {
                    turn(next(), own);
                } else {
                    handOver();
                }
            }
        }
    }

    private void ownerTurn() {
        turn(next(), true);
    }

    /** Runs tasks until the queue is empty or the limit of this turn is reached. */
    private void turn(Runnable first, boolean own) {
        Runnable task = first;
        boolean inputDone = false;
        for (int done = 1; ; done++) {
            attempt(task);
            inputDone |= task instanceof Input;
            if (pending.get() == 1) {
                flush(own);
                if (pending.decrementAndGet() == 0) {
                    return;
                }
            } else {
                pending.decrementAndGet();
                if (done % TASKS_A_FLUSH == 0) {
                    flush(own);
                }
            }
            boolean inputIsNext = waiting.peek() instanceof Input;
            boolean over =
                    own
                            ? done >= OWN_TASKS || (inputDone && inputIsNext)
                            : done >= FOREIGN_TASKS || inputIsNext;
            if (over) {
                flush(own);
                handOver();
                return;
            }
            task = next();
        }
    }

    private void flush(boolean own) {
        if (own) {
            attempt(flush);
        } else if (!flushHandedOver.getAndSet(true)) {
            try {
                owner.execute(this::ownerFlush);
            } catch (RejectedExecutionException e) {
                flushHandedOver.set(false);
                attempt(flush); // the owner has shut down
            }
        }
    }

    private void ownerFlush() {
        flushHandedOver.set(false);
        submit(() -> {}, true);
    }

    /** Lets the owner continue with the queued tasks. The caller has counted at least one. */
    private void handOver() {
        try {
            owner.execute(this::ownerTurn);
        } catch (RejectedExecutionException e) {
            runAll();
        }
    }

    /**
     * The owner has shut down: runs all queued tasks, including the end of the session, here and
     * now.
     */
    private void runAll() {
        do {
            attempt(next());
            attempt(flush);
        } while (pending.decrementAndGet() > 0);
    }

    /** A task is always queued before {@code pending} is incremented. */
    private Runnable next() {
        Runnable task = waiting.poll();
        if (task == null) {
            throw new IllegalStateException("a task was counted that is not there");
        }
        return task;
    }

    private void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
    }
}
