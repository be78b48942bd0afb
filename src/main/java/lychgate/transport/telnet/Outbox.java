package lychgate.transport.telnet;

import lychgate.plugin.Limits;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.apache.mina.core.write.WriteRequest;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps what is to be sent: one write is under way, the rest waits and is joined into the next.
 *
 * <p>MINA's own queue has no bound, and under TLS each write in it holds 33 KB whatever its size;
 * here it never has more than one. It is also the place where a client that does not read is
 * noticed. Runs on the mailbox, but for {@link #unsent}, {@link #silentSince} and {@link #stalled}.
 */
final class Outbox extends IoFilterAdapter {
    /** Bytes of one write: as much as a TLS record holds. */
    private static final int MAX_WRITE = 16 * 1024;

    private final int maxUnsent;
    private final Events events;
    private final Deque<byte[]> waiting = new ArrayDeque<>(4);
    private int waitingBytes;
    private int inFlight;
    private boolean writable = true;
    private boolean closing;
    private boolean drained;
    private @Nullable NextFilter towardsTheWire;
    private @Nullable IoSession session;
    private volatile int unsent;
    private volatile long lastWrite = System.nanoTime();
    private long progressBytes = -1; // none: the first look never finds a stall
    private long progressAt;

    /** What the session must know. */
    interface Events {
        /** The client has fallen behind, or caught up. */
        void writable(boolean writable);

        /** The client has fallen so far behind that it must go. */
        void overflown();

        /** All that was to be sent before the end has been sent. */
        void drained();
    }

    /**
     * @param maxUnsent bytes that may wait; 0: no bound
     */
    Outbox(int maxUnsent, Events events) {
        this.maxUnsent = maxUnsent == 0 ? Integer.MAX_VALUE : maxUnsent;
        this.events = events;
    }

    @Override
    public void onPostAdd(IoFilterChain chain, String name, NextFilter next) {
        session = chain.getSession();
        towardsTheWire = next;
    }

    /** Takes bytes from the filters above. They are sent by {@link #flush}. */
    @Override
    public void filterWrite(NextFilter next, IoSession ioSession, WriteRequest request) {
        byte[] bytes = (byte[]) request.getMessage();
        if (closing || bytes.length == 0) {
            return;
        }
        waiting.add(bytes);
        waitingBytes += bytes.length;
        count();
        if (unsent > maxUnsent) {
            forget();
            events.overflown();
        } else if (writable && unsent > Limits.UNWRITABLE_BYTES) {
            writable = false;
            events.writable(false);
        }
    }

    @Override
    public void messageSent(NextFilter next, IoSession ioSession, WriteRequest request) {
        inFlight = 0;
        count();
        if (!writable && unsent <= Limits.WRITABLE_BYTES) {
            writable = true;
            events.writable(true);
        }
        flush();
    }

    /** Sends what waits, unless a write is under way. */
    void flush() {
        if (inFlight > 0 || session == null || towardsTheWire == null) {
            return;
        }
        if (waiting.isEmpty()) {
            if (closing && !drained) {
                drained = true;
                events.drained();
            }
            return;
        }
        lastWrite = System.nanoTime();
        IoBuffer buffer = join();
        inFlight = buffer.remaining();
        towardsTheWire.filterWrite(session, new DefaultWriteRequest(buffer));
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

    /** When something was last sent, by {@link System#nanoTime}. */
    long silentSince() {
        return lastWrite;
    }

    /**
     * Whether the client has taken nothing for too long although there is something for it. To be
     * asked now and then, by one thread.
     */
    boolean stalled(long now, long writtenBytes) {
        if (unsent == 0 || writtenBytes != progressBytes) {
            progressBytes = writtenBytes;
            progressAt = now;
            return false;
        }
        return now - progressAt > Limits.STALLED_SECONDS * 1_000_000_000L;
    }

    private IoBuffer join() {
        byte[] first = waiting.removeFirst();
        waitingBytes -= first.length;
        if (waiting.isEmpty()) {
            return IoBuffer.wrap(first);
        }
        int total = first.length;
        for (byte[] more : waiting) {
            if (total + more.length > MAX_WRITE) {
                break;
            }
            total += more.length;
        }
        IoBuffer joined = IoBuffer.allocate(total).put(first);
        while (joined.hasRemaining()) {
            byte[] more = waiting.removeFirst();
            waitingBytes -= more.length;
            joined.put(more);
        }
        return joined.flip();
    }

    private void count() {
        unsent = waitingBytes + inFlight;
    }

    private void forget() {
        closing = true;
        drained = true; // never, so that nobody is told
        waiting.clear();
        waitingBytes = 0;
        count();
    }
}
