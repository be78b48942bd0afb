package lychgate.transport.ssh;

import lychgate.transport.Conversation;
import lychgate.transport.Wire;

import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** The wire of a shell's channel. Unread data stays with the client, throttled by the window. */
final class ShellWire implements Wire {
    private final ShellChannel channel;
    private final Connection connection;
    private final IoOutputStream stream;
    private final Runnable exit;
    private final Conversation conversation;
    private final AtomicLong written = new AtomicLong();

    /**
     * @param exit ends the channel with exit status 0
     */
    ShellWire(
            ShellChannel channel,
            Connection connection,
            IoOutputStream stream,
            Runnable exit,
            Conversation conversation) {
        this.channel = channel;
        this.connection = connection;
        this.stream = stream;
        this.exit = exit;
        this.conversation = conversation;
    }

    /** Nothing to do: the window is reopened only when input has been processed. */
    @Override
    public void read(boolean on) {}

    @Override
    public void write(byte[] bytes) {
        try {
            stream.writeBuffer(new ByteArrayBuffer(bytes))
                    .addListener(
                            done -> conversation.mailbox().run(() -> written(done.isWritten())));
        } catch (IOException e) {
            cut();
        }
    }

    @Override
    public void endOutput() {
        exit.run();
    }

    @Override
    public long taken() {
        return written.get() + channel.getRemoteWindow().getSize();
    }

    @Override
    public boolean isClosing() {
        return channel.isClosing() || channel.isClosed();
    }

    @Override
    public void close() {
        channel.close(true);
    }

    @Override
    public void cut() {
        connection.cut();
    }

    private void written(boolean whole) {
        if (whole) {
            written.addAndGet(conversation.written());
        } else {
            cut();
        }
    }
}
