package lychgate.transport.ssh;

import lychgate.plugin.Limits;
import lychgate.plugin.Mailbox;

import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps what is to be sent to a shell: one write is under way, the rest waits and is joined into
 * the next. The place where a client that does not read is noticed. Runs on the mailbox, but for
 * {@link #unsent} and {@link #stalled}.
 */
final class ShellOutput {
    /** Bytes of one write: half of what a packet holds with most clients. */
    private static final int MAX_WRITE = 16 * 1024;

    private final IoOutputStream stream;
    private final LongSupplier window;
    private final int maxUnsent;
    private final Mailbox mailbox;
    private final Events events;
    private final Deque<byte[]> waiting = new ArrayDeque<>(4);
    private int waitingBytes;
    private int inFlight;
    private boolean writable = true;
    private boolean closing;
    private boolean drained;
    private volatile int unsent;
    private final AtomicLong written = new AtomicLong();
    private long progress = -1; // none: the first look never finds a stall
    private long progressAt;

    /** What the session must know. */
    interface Events {
        /** The client has fallen behind, or caught up. */
        void writable(boolean writable);

        /** The client has fallen so far behind that it must go. */
        void overflown();

        /** All that was to be sent before the end has been sent. */
        void drained();

        /** The connection is broken. */
        void broken();
    }

    /**
     * @param window bytes that the client is ready to take
     * @param maxUnsent bytes that may wait; 0: no bound
     */
    ShellOutput(
            IoOutputStream stream,
            LongSupplier window,
            int maxUnsent,
            Mailbox mailbox,
            Events events) {
        this.stream = stream;
        this.window = window;
        this.maxUnsent = maxUnsent == 0 ? Integer.MAX_VALUE : maxUnsent;
        this.mailbox = mailbox;
        this.events = events;
    }

    /** Takes bytes, which are sent by {@link #flush}. */
    void add(byte[] bytes) {
        if (closing || bytes.length == 0) {
            return;
        }
        waiting.add(bytes);
        waitingBytes += bytes.length;
        count();
        if (unsent > maxUnsent) {
            closing = true;
            drained = true; // never, so that nobody is told
            waiting.clear();
            waitingBytes = 0;
            count();
            events.overflown();
        } else if (writable && unsent > Limits.UNWRITABLE_BYTES) {
            writable = false;
            events.writable(false);
        }
    }

    /** Sends what waits, unless a write is under way. */
    void flush() {
        if (inFlight > 0) {
            return;
        }
        if (waiting.isEmpty()) {
            if (closing && !drained) {
                drained = true;
                events.drained();
            }
            return;
        }
        byte[] bytes = join();
        inFlight = bytes.length;
        count();
        try {
            stream.writeBuffer(new ByteArrayBuffer(bytes))
                    .addListener(done -> mailbox.run(() -> sent(done.isWritten())));
        } catch (IOException e) {
            events.broken();
        }
    }

    /** Takes nothing more; says {@link Events#drained} when all that is here has been sent. */
    void close() {
        closing = true;
        flush();
    }

    /** Bytes that the client has not taken yet. */
    int unsent() {
        return unsent;
    }

    /**
     * Whether the client has taken nothing for too long although there is something for it. To be
     * asked now and then, by one thread.
     */
    boolean stalled(long now) {
        long sum = written.get() + window.getAsLong();
        if (unsent == 0 || sum != progress) {
            progress = sum;
            progressAt = now;
            return false;
        }
        return now - progressAt > TimeUnit.SECONDS.toNanos(Limits.STALLED_SECONDS);
    }

    private void sent(boolean whole) {
        if (!whole) {
            events.broken();
            return;
        }
        written.addAndGet(inFlight);
        inFlight = 0;
        count();
        if (!writable && unsent <= Limits.WRITABLE_BYTES) {
            writable = true;
            events.writable(true);
        }
        flush();
    }

    private byte[] join() {
        byte[] first = waiting.removeFirst();
        waitingBytes -= first.length;
        int total = first.length;
        for (byte[] more : waiting) {
            if (total + more.length > MAX_WRITE) {
                break;
            }
            total += more.length;
        }
        if (total == first.length) {
            return first;
        }
        byte[] joined = new byte[total];
        System.arraycopy(first, 0, joined, 0, first.length);
        for (int at = first.length; at < total; ) {
            byte[] more = waiting.removeFirst();
            waitingBytes -= more.length;
            System.arraycopy(more, 0, joined, at, more.length);
            at += more.length;
        }
        return joined;
    }

    private void count() {
        unsent = waitingBytes + inFlight;
    }
}
