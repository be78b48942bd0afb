package lychgate.transport.ssh;

import lychgate.plugin.Mailbox;
import lychgate.transport.SendQueue;

import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Writes what waits in a shell's {@link SendQueue} to its channel, one write at a time. On the
 * mailbox, but for {@link #taken}.
 */
final class ShellOutput {
    private final IoOutputStream stream;
    private final LongSupplier window;
    private final SendQueue queue;
    private final Mailbox mailbox;
    private final Runnable broken;
    private final AtomicLong written = new AtomicLong();

    /**
     * @param window bytes that the client is ready to take
     * @param broken told that the connection is
     */
    ShellOutput(
            IoOutputStream stream,
            LongSupplier window,
            SendQueue queue,
            Mailbox mailbox,
            Runnable broken) {
        this.stream = stream;
        this.window = window;
        this.queue = queue;
        this.mailbox = mailbox;
        this.broken = broken;
    }

    /** Sends what waits, unless a write is under way. */
    void flush() {
        byte[] bytes = queue.next();
        if (bytes == null) {
            return;
        }
        try {
            stream.writeBuffer(new ByteArrayBuffer(bytes))
                    .addListener(done -> mailbox.run(() -> sent(done.isWritten())));
        } catch (IOException e) {
            broken.run();
        }
    }

    /** Takes nothing more, and sends what is here. */
    void close() {
        queue.close();
        flush();
    }

    /** Grows as the client takes bytes, or makes room for them. Any thread may ask. */
    long taken() {
        return written.get() + window.getAsLong();
    }

    private void sent(boolean whole) {
        if (whole) {
            written.addAndGet(queue.sent());
            flush();
        } else {
            broken.run();
        }
    }
}
