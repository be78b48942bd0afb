package lychgate.transport.ssh;

import lychgate.plugin.PortalApplication;

import org.apache.sshd.common.io.IoInputStream;
import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelDataReceiver;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.AsyncCommand;
import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A shell as SSHD sees it: hands what happens to its channel to a {@link ShellSession}, and the
 * other way round what that has to send.
 */
final class Shell implements AsyncCommand, ChannelDataReceiver {
    private final ShellChannel channel;
    private final Authentication authentication;
    private final Executor threads;
    private final PortalApplication app;
    private final List<byte[]> early = new ArrayList<>();
    private @Nullable IoOutputStream output;
    private @Nullable ExitCallback exit;
    private volatile @Nullable ShellSession session;

    /**
     * @param threads those that read the connection
     */
    Shell(
            ShellChannel channel,
            Authentication authentication,
            Executor threads,
            PortalApplication app) {
        this.threads = threads;
        this.channel = channel;
        this.authentication = authentication;
        this.app = app;
        channel.setDataReceiver(this);
        channel.shell(this);
    }

    @Override
    public void start(ChannelSession started, Environment environment) {
        if (output == null || exit == null) {
            throw new IllegalStateException("a shell is started before it is set up");
        }
        ExitCallback whenDone = exit;
        Connection connection = Connection.of(channel.getSession());
        ShellSession opened =
                new ShellSession(
                        channel,
                        connection,
                        authentication.entrance(channel.getServerSession()),
                        output,
                        () -> whenDone.onExit(0),
                        threads,
                        app);
        session = opened;
        opened.open();
        if (channel.isClosing() || channel.isClosed()) {
            opened.closed(); // destroy may have come before there was a session
        }
        early.forEach(opened::received);
        early.clear();
    }

    /** Takes input; that it was read is told to the client when it is. */
    @Override
    public int data(ChannelSession from, byte[] buffer, int start, int length) {
        byte[] bytes = Arrays.copyOfRange(buffer, start, start + length);
        if (session == null) {
            early.add(bytes); // typed while the shell was being asked for; the window bounds it
        } else {
            session.received(bytes);
        }
        return 0;
    }

    /** The window of the terminal has another size. */
    void resized(int columns, int rows) {
        if (session != null) {
            session.resized(columns, rows);
        }
    }

    /** The client will send no more. */
    @Override
    public void close() {
        if (session != null) {
            session.inputEnded();
        }
    }

    /** The channel is gone. */
    @Override
    public void destroy(ChannelSession destroyed) {
        if (session != null) {
            session.closed();
        }
    }

    @Override
    public void setIoOutputStream(IoOutputStream out) {
        output = out;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    // Input comes to data, and nothing is said on the error stream.

    @Override
    public void setIoErrorStream(IoOutputStream err) {}

    @Override
    public void setErrorStream(OutputStream err) {}

    @Override
    public void setInputStream(InputStream in) {}

    @Override
    public void setOutputStream(OutputStream out) {}

    @Override
    public void setIoInputStream(IoInputStream in) {}
}
