package lychgate.transport.web.session;

import lychgate.transport.web.format.Received;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * The message that a session is dealing with: the connection is read again once it is done. For the
 * mailbox, except {@link #isBusy}.
 */
final class Inbox {
    private final Queue<Received> waiting = new ArrayDeque<>();
    private Runnable done = () -> {};
    private volatile boolean busy;

    /** Takes what a message says. */
    void take(List<Received> said, Runnable whenDone) {
        waiting.addAll(said);
        done = whenDone;
        busy = true;
    }

    /** Whether a message has not been done yet. Any thread may call. */
    boolean isBusy() {
        return busy;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The next thing that was said; null if there is none. */
    @Nullable Received next() {
        return waiting.poll();
    }

    /** The size of what waits, in bytes. */
    long weight() {
        long sum = 0;
        for (Received each : waiting) {
            sum += each.weight();
        }
        return sum;
    }

    /** Drops what is left of the message. */
    void drop() {
        waiting.clear();
    }

    /** The message is done, or no longer matters. */
    void finish() {
        drop();
        if (busy) {
            busy = false;
            done.run();
        }
    }
}
