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

/** How a connection ends so that its client reads to the end, and never a reset. */
final class LingeringClose {
    /** How long a connection lingers after our end was closed, so that the client reads to it. */
    static final Duration LINGER = Duration.ofSeconds(1);

    private LingeringClose() {}

    /**
     * Sends last bytes, or none, behind all that is on its way; ends our side; lingers. The caller
     * takes care that what the client still sends is read and goes nowhere.
     *
     * @param towardsWire the way past filters that would make something else of the bytes
     */
    static void start(IoSession io, NextFilter towardsWire, byte[] last, Scheduler scheduler) {
        afterAllWrites(io, towardsWire, last, () -> halfClose(io));
        scheduler.after(LINGER, io::closeNow);
    }

    /** Sends bytes, or none; does something when they and all before them have been sent. */
    static void afterAllWrites(IoSession io, NextFilter towardsWire, byte[] last, Runnable sent) {
        WriteFuture future = new DefaultWriteFuture(io);
        future.addListener(_ -> sent.run());
        towardsWire.filterWrite(io, new DefaultWriteRequest(IoBuffer.wrap(last), future));
    }

    /** Says that no more will come, without taking back what is under way. */
    static void halfClose(IoSession io) {
        try {
            if (io instanceof NioSession nio && nio.getChannel() instanceof SocketChannel channel) {
                channel.shutdownOutput();
            } else {
                io.closeOnFlush();
            }
        } catch (IOException e) {
            io.closeNow(); // it was gone already
        }
    }
}
