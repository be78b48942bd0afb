package lychgate.transport.telnet;

import lychgate.transport.SendQueue;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.apache.mina.core.write.WriteRequest;
import org.jspecify.annotations.Nullable;

/**
 * Puts what a connection has to send into its {@link SendQueue}, and on the wire one write at a
 * time: MINA's own queue has no bound, and under TLS each write in it holds 33 KB whatever its
 * size; here it never has more than one. On the mailbox, but for {@link #silentSince}.
 */
final class Outbox extends IoFilterAdapter {
    private final SendQueue queue;
    private @Nullable NextFilter towardsTheWire;
    private @Nullable IoSession session;
    private volatile long lastWrite = System.nanoTime();

    Outbox(SendQueue queue) {
        this.queue = queue;
    }

    @Override
    public void onPostAdd(IoFilterChain chain, String name, NextFilter next) {
        session = chain.getSession();
        towardsTheWire = next;
    }

    /** Takes bytes from the filters above. They are sent by {@link #flush}. */
    @Override
    public void filterWrite(NextFilter next, IoSession ioSession, WriteRequest request) {
        queue.add((byte[]) request.getMessage());
    }

    @Override
    public void messageSent(NextFilter next, IoSession ioSession, WriteRequest request) {
        queue.sent();
        flush();
    }

    /** Sends what waits, unless a write is under way. */
    void flush() {
        if (session == null || towardsTheWire == null) {
            return;
        }
        byte[] bytes = queue.next();
        if (bytes != null) {
            lastWrite = System.nanoTime();
            towardsTheWire.filterWrite(session, new DefaultWriteRequest(IoBuffer.wrap(bytes)));
        }
    }

    /** Takes nothing more, and sends what is here. */
    void close() {
        queue.close();
        flush();
    }

    /** When something was last sent, by {@link System#nanoTime}. Any thread may ask. */
    long silentSince() {
        return lastWrite;
    }
}
