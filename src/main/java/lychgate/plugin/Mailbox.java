package lychgate.plugin;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs the tasks of one connection one at a time and in order. A task runs at once, on the thread
 * that hands it in, when nothing else runs; else on the thread that is at it. Nobody waits: an I/O
 * thread decodes here, a game thread encodes.
 *
 * <p><b>Whose work runs on whose thread.</b> Input ({@link #input}, {@link #inputLater}) runs on
 * the connection's own thread only, its <i>owner</i>: the I/O loop that reads it. Any other thread
 * runs the task that it brought and at most {@value #FOREIGN_TASKS} in all, then hands over to the
 * owner. The owner runs one portion of input and at most {@value #OWN_TASKS} tasks before the other
 * connections of its thread have their turn. So a client that floods keeps neither the game's
 * thread nor its neighbours.
 *
 * <p>Measured against a hop to another thread for each task, running on the caller's thread is up
 * to twice as fast (docs/performance.md). The price: what runs here must not block.
 */
public final class Mailbox {
    /** Tasks that a thread other than the owner runs in one go: its own, and a few that waited. */
    static final int FOREIGN_TASKS = 8;

    /** Tasks that the owner runs in one go. */
    static final int OWN_TASKS = 64;

    /** Tasks after which their output is sent, though more wait. */
    static final int TASKS_A_FLUSH = 16;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger(); // the one at it counts its task too
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
     * @param owner runs what is handed to it on the connection's own thread, later; when it rejects
     *     that, because it has ended, the work is done on the caller's thread
     * @param failed told what a task threw; the next task runs nevertheless
     */
    public Mailbox(Executor owner, Consumer<Throwable> failed) {
        this.owner = owner;
        this.failed = failed;
    }

    /**
     * Sets what is run whenever tasks have been done: it sends what they have written. The owner
     * runs it, whoever ran the tasks: to write and to encrypt is not for the game's thread, and
     * what the game says in several turns leaves in one write.
     */
    public void whenDone(Runnable task) {
        flush = task;
    }

    /** Runs a task, now or after those before it. Any thread may call. */
    public void run(Runnable task) {
        submit(task, false);
    }

    /**
     * Runs a task, now or after those before it; what it writes is sent at once. Only the owner may
     * call.
     */
    public void runAsOwner(Runnable task) {
        submit(task, true);
    }

    /** Deals with input, now or after the tasks before it. Only the owner may call. */
    public void input(Runnable task) {
        submit(new Input(task), true);
    }

    /** Deals with input when the owner comes round, after the tasks before it. Any thread. */
    public void inputLater(Runnable task) {
        waiting.add(new Input(task));
        if (pending.getAndIncrement() == 0) {
            handOver();
        }
    }

    private void submit(Runnable task, boolean own) {
        // A task may wait that is not counted yet; one that came after it must not overtake it.
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

    /** Runs tasks until none is left, or others must have their turn. */
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
                attempt(flush); // there is no owner any more
            }
        }
    }

    private void ownerFlush() {
        flushHandedOver.set(false);
        submit(() -> {}, true);
    }

    /** The owner goes on with what waits. Whoever calls counts a task that waits. */
    private void handOver() {
        try {
            owner.execute(this::ownerTurn);
        } catch (RejectedExecutionException e) {
            runAll();
        }
    }

    /** There is no owner any more: what waits is done here and now, the session's end with it. */
    private void runAll() {
        do {
            attempt(next());
            attempt(flush);
        } while (pending.decrementAndGet() > 0);
    }

    /** Whoever raised {@code pending} has put its task in before. */
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
