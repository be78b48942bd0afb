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
 * The unsent output of one connection. One write is pending at a time; the rest is joined into the
 * next. Detects clients that do not read. Does no I/O and has no clock.
 *
 * <p>Output counts as unsent from the moment the game hands it over ({@link #reserve}), long before
 * it is encoded; otherwise a game could run far ahead of even a fast client. All methods run on the
 * mailbox, except {@link #reserve}, {@link #release}, {@link #unsent} and {@link #review}.
 */
public final class SendQueue implements MemoryBudget.Holder {
    /** Maximum bytes of a joined write: one TLS record, or half an SSH packet. */
    private static final int MAX_WRITE = 16 * 1024;

    /**
     * How many times {@code limits.unsent_bytes} may be queued before a session is closed at once.
     * A game behind AMP cannot be paused, so a burst for a client that does read must be tolerated.
     */
    static final int BURST = 8;

    /** The limit on the memory of all connections, which no session outlives. */
    static final String MEMORY = "memory";

    private final IntSupplier maxUnsent;
    private final MemoryBudget budget;
    private final Events events;
    private final Deque<byte[]> waiting = new ArrayDeque<>(4);
    private final AtomicLong unsent = new AtomicLong(); // reserved, queued, and being written
    private final LevelSignal writableNow;
    private final Progress progress = new Progress();
    private volatile boolean writable = true;
    private volatile boolean discarded;
    private volatile long held; // of buffered input
    private volatile long retained; // of output that was sent and may be sent again
    private long waitingBytes;
    private long dropped; // guarded by this
    private int inFlight;
    private boolean closed;
    private boolean drained;

    /** Receives the events of a queue. */
    public interface Events {
        /** The client has fallen behind, or has caught up. On any thread. */
        void writable(boolean writable);

        /**
         * The client is so far behind that its connection must be closed. On any thread.
         *
         * @param limit the exceeded limit, for the counters
         */
        void overflowed(String limit);

        /** The queue has been closed, and everything in it has been written. */
        void drained();
    }

    /**
     * @param maxUnsent the current limit of unsent bytes; 0: unlimited
     * @param budget the memory that all connections together may use
     */
    public SendQueue(IntSupplier maxUnsent, MemoryBudget budget, Events events) {
        this.maxUnsent = maxUnsent;
        this.budget = budget;
        this.events = events;
        this.writableNow = new LevelSignal(true, this::isWritable, events::writable);
        budget.join(this);
    }

    /** The approximate size of commands in bytes, in memory and when encoded. */
    public static long size(List<CommandTuple> commands) {
        long bytes = 0;
        for (CommandTuple command : commands) {
            bytes += Weight.COMMAND + Weight.of(command.kwargs());
            for (Object argument :
                    command.args()) { // a text's length is enough, no need to scan it
                bytes += argument instanceof String text ? text.length() : Weight.of(argument);
            }
        }
        return bytes;
    }

    /**
     * Counts output that is about to be encoded, by its approximate size. Any thread may call.
     *
     * @param commands how many commands of the game it is
     * @return false if the queue has overflowed or been discarded: the output must be dropped
     */
    public boolean reserve(long bytes, int commands) {
        if (discarded && isDropped(commands)) {
            return false;
        }
        count(bytes);
        return true;
    }

    private synchronized boolean isDropped(int commands) {
        dropped += discarded ? commands : 0;
        return discarded;
    }

    /**
     * Ends a {@link #reserve reservation}: the encoded output has been added. Any thread may call.
     */
    public void release(long bytes) {
        count(-bytes);
    }

    /** Whether output has been handed over that has not been encoded. */
    boolean isReserved() {
        return unsent.get() > waitingBytes + inFlight;
    }

    /** Appends bytes. */
    public void add(byte[] bytes) {
        if (closed || discarded || bytes.length == 0) {
            return;
        }
        waiting.add(bytes);
        waitingBytes += bytes.length;
        count(bytes.length);
    }

    /** Takes the bytes to write now; null while a write is pending, or if the queue is empty. */
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
        return take();
    }

    /**
     * Takes more bytes into the pending write, which must not end where it does; null if the queue
     * is empty.
     */
    public byte @Nullable [] more() {
        return waiting.isEmpty() ? null : take();
    }

    private byte[] take() {
        byte[] bytes = join();
        waitingBytes -= bytes.length;
        inFlight += bytes.length;
        return bytes;
    }

    /** The pending write is done. Returns its number of bytes. */
    public int sent() {
        int bytes = inFlight;
        inFlight = 0;
        count(-bytes);
        return bytes;
    }

    /** Accepts no more output; {@link Events#drained} is called when the queue is empty. */
    public void close() {
        closed = true;
    }

    /** The connection is closed: discards the queue for good, without {@link Events#drained}. */
    public void discard() {
        closed = true;
        discarded = true;
        drained = true; // suppresses the event
        empty();
        bufferedInput(0);
        retainedOutput(0);
        budget.leave(this);
    }

    /**
     * The connection has been detached: discards its unsent output. The queue can be used again.
     *
     * @return how many commands have been dropped since it overflowed
     */
    public synchronized long clear() {
        empty();
        discarded = closed;
        long before = dropped;
        dropped = 0;
        return before;
    }

    private void empty() {
        waiting.clear();
        count(-waitingBytes - inFlight);
        waitingBytes = 0;
        inFlight = 0;
        progress.reset();
    }

    /** Approximate number of unsent bytes. Any thread may call. */
    public long unsent() {
        return unsent.get();
    }

    /** Reports the bytes of buffered input, which count towards the memory budget. */
    public void bufferedInput(long bytes) {
        long before = held;
        if (bytes != before) {
            held = bytes;
            budget.add(bytes - before);
        }
    }

    /** Reports the bytes of output that is kept to be sent again, which count likewise. */
    public void retainedOutput(long bytes) {
        long before = retained;
        if (bytes != before) {
            retained = bytes;
            budget.add(bytes - before);
        }
    }

    /** Any thread may call. */
    @Override
    public long kept() {
        return unsent.get() + held + retained;
    }

    /** The memory budget is exhausted, and this connection uses the most. Any thread may call. */
    @Override
    public void giveUp() {
        overflowed(MEMORY);
    }

    /**
     * Checks whether the client takes its output; if not, reports an overflow. Called about once a
     * second, by one thread.
     *
     * @param now monotonic time in nanoseconds
     * @param taken see {@link Wire#taken}
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

    /** Has hysteresis: between the two marks the state does not change. */
    private boolean isWritable() {
        boolean was;
        boolean is;
        do { // a concurrent count() may have compared with the old state
            was = writable;
            long now = unsent.get();
            is = was ? now <= Limits.UNWRITABLE_BYTES : now <= Limits.WRITABLE_BYTES;
            writable = is;
        } while (is != was);
        return is;
    }
}
