package lychgate.transport;

import lychgate.plugin.LevelSignal;
import lychgate.plugin.Limits;
import lychgate.plugin.MemoryBudget;
import lychgate.session.CommandTuple;
import lychgate.session.Weight;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * What waits to be sent over one connection: one write is under way, the rest is joined into the
 * next. The place where a client that does not read is noticed; without I/O and without a clock.
 *
 * <p>Bytes count from the moment at which they are handed over ({@link #reserve}), long before they
 * are encoded: a game that could only see what has been encoded would run ahead of a client that
 * reads well. Runs on the mailbox, but for {@link #reserve}, {@link #release}, {@link #unsent} and
 * {@link #review}.
 */
public final class SendQueue implements MemoryBudget.Holder {
    /** Bytes of one write: as much as a TLS record, or half of an SSH packet, holds. */
    private static final int MAX_WRITE = 16 * 1024;

    /**
     * How often {@code limits.unsent_bytes} may be exceeded before a session ends at once. A game
     * behind AMP cannot be made to wait: a burst for a client that reads is not its death.
     */
    static final int BURST = 8;

    private final IntSupplier maxUnsent;
    private final MemoryBudget budget;
    private final Events events;
    private final Deque<byte[]> waiting = new ArrayDeque<>(4);
    private final AtomicLong unsent = new AtomicLong(); // handed over, waiting, under way
    private final LevelSignal writableNow;
    private final Progress progress = new Progress();
    private volatile boolean writable = true;
    private volatile boolean discarded;
    private volatile long held;
    private long waitingBytes;
    private int inFlight;
    private boolean closed;
    private boolean drained;

    /** What the session must know. */
    public interface Events {
        /** The client has fallen behind, or caught up. On any thread. */
        void writable(boolean writable);

        /**
         * The client has fallen so far behind that it must go. On any thread.
         *
         * @param limit the limit that was exceeded, for the counters
         */
        void overflowed(String limit);

        /** All that was to be sent before the end has been sent. */
        void drained();
    }

    /**
     * @param maxUnsent bytes that may wait, now; 0: no bound
     * @param budget what all connections together may keep
     */
    public SendQueue(IntSupplier maxUnsent, MemoryBudget budget, Events events) {
        this.maxUnsent = maxUnsent;
        this.budget = budget;
        this.events = events;
        this.writableNow = new LevelSignal(true, this::isWritable, events::writable);
        budget.join(this);
    }

    /** Bytes, about, that commands will become, or that they are until then. */
    public static long size(List<CommandTuple> commands) {
        long bytes = 0;
        for (CommandTuple command : commands) {
            bytes += Weight.COMMAND + Weight.of(command.kwargs());
            for (Object argument : command.args()) { // a text is not read for that, but asked
                bytes += argument instanceof String text ? text.length() : Weight.of(argument);
            }
        }
        return bytes;
    }

    /**
     * So many bytes, about, are on their way here. Any thread may call.
     *
     * @return false where the session is as good as over: they are not wanted any more
     */
    public boolean reserve(long bytes) {
        if (discarded) {
            return false;
        }
        count(bytes);
        return true;
    }

    /** What was {@link #reserve} is here: what it became has been added. */
    public void release(long bytes) {
        count(-bytes);
    }

    /** Adds bytes, which {@link #next} gives out. */
    public void add(byte[] bytes) {
        if (closed || discarded || bytes.length == 0) {
            return;
        }
        waiting.add(bytes);
        waitingBytes += bytes.length;
        count(bytes.length);
    }

    /** What is to be written now, joined; null while a write is under way, or nothing waits. */
    public byte @Nullable [] next() {
        if (inFlight > 0) {
            return null;
        }
        if (waiting.isEmpty()) {
            if (closed && !drained) {
                drained = true;
                events.drained();
            }
            return null;
        }
        byte[] bytes = join();
        waitingBytes -= bytes.length;
        inFlight = bytes.length;
        return bytes;
    }

    /** The write that was under way is done; how many bytes it had. */
    public int sent() {
        int bytes = inFlight;
        inFlight = 0;
        count(-bytes);
        return bytes;
    }

    /** Takes nothing more; says {@link Events#drained} when all that is here has been sent. */
    public void close() {
        closed = true;
    }

    /** The connection is gone: nothing of what is here will be sent. */
    public void discard() {
        closed = true;
        discarded = true;
        drained = true; // never, so that nobody is told
        clear();
        budget.leave(this);
    }

    /** The connection is exchanged: what was to be sent over it is forgotten. */
    public void clear() {
        waiting.clear();
        count(-waitingBytes - inFlight);
        waitingBytes = 0;
        inFlight = 0;
        bufferedInput(0);
        progress.reset();
    }

    /** Bytes, about, that the client has not taken yet. Any thread may ask. */
    public long unsent() {
        return unsent.get();
    }

    /** So many bytes that the client has begun to send are kept until they are whole. */
    public void bufferedInput(long bytes) {
        long before = held;
        if (bytes != before) {
            held = bytes;
            budget.add(bytes - before);
        }
    }

    /** What counts for the budget. Any thread may ask. */
    @Override
    public long kept() {
        return unsent.get() + held;
    }

    /** All connections together keep too much, and this one the most. Any thread may call. */
    @Override
    public void giveUp() {
        overflowed("memory");
    }

    /**
     * Looks whether the client takes what there is for it; one that does not must go. Called every
     * second or so, by one thread.
     *
     * @param now monotonic nanoseconds
     * @param taken a number that grows as the client takes bytes, or makes room for them
     */
    public void review(long now, long taken) {
        long left = unsent.get();
        if (progress.isStalled(now, taken, left)) {
            overflowed("stalled");
        }
        if (progress.isTooSlow(now, taken, left, limit())) {
            overflowed("unsent");
        }
    }

    private long limit() {
        int limit = maxUnsent.getAsInt();
        return limit == 0 ? Long.MAX_VALUE / BURST : limit;
    }

    private byte[] join() {
        byte[] first = waiting.removeFirst();
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
            System.arraycopy(more, 0, joined, at, more.length);
            at += more.length;
        }
        return joined;
    }

    private void count(long bytes) {
        long now = unsent.addAndGet(bytes);
        budget.add(bytes);
        if (bytes > 0 && now > limit() * BURST) {
            overflowed("unsent");
        }
        if (writable ? now > Limits.UNWRITABLE_BYTES : now <= Limits.WRITABLE_BYTES) {
            writableNow.changed();
        }
    }

    private void overflowed(String limit) {
        if (!discarded) {
            discarded = true;
            events.overflowed(limit);
        }
    }

    /** Between the two marks it stays as it is. */
    private boolean isWritable() {
        boolean was;
        boolean is;
        do { // who counted before the new state was there has looked at the old one
            was = writable;
            long now = unsent.get();
            is = was ? now <= Limits.UNWRITABLE_BYTES : now <= Limits.WRITABLE_BYTES;
            writable = is;
        } while (is != was);
        return is;
    }
}
