package lychgate.plugin;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs what it is handed one at a time and in order, on the thread that handed it in when nothing
 * else runs, else on the thread that is at it. Nobody waits: an I/O thread decodes here, a game
 * thread encodes.
 *
 * <p>Measured against a hop to another thread for each task, this is up to twice as fast
 * (docs/performance.md). The price: what runs here must not block, since it may run on anybody's
 * thread.
 */
public final class Mailbox {
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final Consumer<Throwable> broken;
    private Runnable whenDone = () -> {};

    /**
     * @param broken told what a task threw; the next task runs nevertheless
     */
    public Mailbox(Consumer<Throwable> broken) {
        this.broken = broken;
    }

    /**
     * What is to be done each time all tasks are done: the place to send what they have written.
     */
    public void whenDone(Runnable task) {
        whenDone = task;
    }

    /** Runs a task, now or when those before it are done. */
    public void run(Runnable task) {
        // A task may wait that is not counted yet; one that came after it must not overtake it.
        if (waiting.isEmpty() && pending.compareAndSet(0, 1)) {
            drain(task);
        } else {
            waiting.add(task);
            if (pending.getAndIncrement() == 0) {
                drain(next());
            }
        }
    }

    private void drain(Runnable first) {
        Runnable task = first;
        while (true) {
            attempt(task);
            if (pending.get() == 1) {
                attempt(whenDone);
            }
            if (pending.decrementAndGet() == 0) {
                return;
            }
            task = next();
        }
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
            broken.accept(e);
        }
    }
}
