package lychgate.transport.telnet.front;

import lychgate.plugin.Scheduler;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilter.NextFilter;
import org.apache.mina.core.future.DefaultWriteFuture;
import org.apache.mina.core.future.WriteFuture;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.apache.mina.transport.socket.nio.NioSession;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Closes a connection so that the client reads everything and never sees a reset. */
final class LingeringClose {
    /** How long a connection lingers after its output was closed. */
    static final Duration LINGER = Duration.ofSeconds(1);

    private LingeringClose() {}

    /**
     * Sends the last bytes, if any, after all pending output; closes the output; lingers; closes.
     * The caller must keep reading and discarding input meanwhile.
     *
     * @param towardsWire bypasses the filters that would change the bytes
     */
    static void start(IoSession io, NextFilter towardsWire, byte[] last, Scheduler scheduler) {
        afterAllWrites(io, towardsWire, last, () -> halfClose(io));
        scheduler.after(LINGER, io::closeNow);
    }

    /**
     * Sends bytes, possibly none, and runs a task when they and all pending output have been sent.
     */
    static void afterAllWrites(IoSession io, NextFilter towardsWire, byte[] last, Runnable sent) {
        WriteFuture future = new DefaultWriteFuture(io);
        future.addListener(_ -> sent.run());
        towardsWire.filterWrite(io, new DefaultWriteRequest(IoBuffer.wrap(last), future));
    }

    /** Closes the output (half-close) after pending data. */
    static void halfClose(IoSession io) {
        try {
            if (io instanceof NioSession nio && nio.getChannel() instanceof SocketChannel channel) {
                channel.shutdownOutput();
            } else {
                io.closeOnFlush();
            }
        } catch (IOException e) {
            io.closeNow(); // it was already closed
        }
    }
}
