package lychgate.transport.telnet;

import lychgate.transport.Conversation;
import lychgate.transport.Wire;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.apache.mina.core.write.WriteRequest;
import org.jspecify.annotations.Nullable;

/**
 * The lowest filter of a telnet chain: passes bytes from above to the conversation's send queue,
 * and writes what the queue returns, one write at a time. MINA's own write queue is unbounded, and
 * under TLS each write in it takes 33 KB whatever its size, so it is never given more than one.
 */
final class TelnetWire extends IoFilterAdapter implements Wire {
    private final IoSession io;
    private final Conversation conversation;
    private final Ending ending;
    private @Nullable NextFilter below;
    private volatile long lastWrite = System.nanoTime();

    TelnetWire(IoSession io, Conversation conversation, Ending ending) {
        this.io = io;
        this.conversation = conversation;
        this.ending = ending;
    }

    @Override
    public void onPostAdd(IoFilterChain chain, String name, NextFilter next) {
        below = next;
    }

    @Override
    public void filterWrite(NextFilter next, IoSession session, WriteRequest request) {
        conversation.send((byte[]) request.getMessage());
    }

    @Override
    public void messageSent(NextFilter next, IoSession session, WriteRequest request) {
        conversation.written();
    }

    @Override
    public void read(boolean on) {
        if (io.isReadSuspended() == on) {
            if (on) {
                io.resumeRead();
            } else {
                io.suspendRead();
            }
        }
    }

    @Override
    public void write(byte[] bytes) {
        lastWrite = System.nanoTime();
        if (below != null) {
            below.filterWrite(io, new DefaultWriteRequest(IoBuffer.wrap(bytes)));
        }
    }

    @Override
    public void endOutput() {
        ending.endOutput();
    }

    @Override
    public void inputEnded() {
        ending.inputEnded();
    }

    @Override
    public long taken() {
        return io.getWrittenBytes();
    }

    @Override
    public boolean isClosing() {
        return io.isClosing();
    }

    @Override
    public void close() {
        io.closeNow();
    }

    /** The {@link System#nanoTime} of the last write. Any thread may call. */
    long lastWriteAt() {
        return lastWrite;
    }
}
