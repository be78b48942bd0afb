package lychgate.transport.ssh;

import lychgate.address.Addresses;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.session.Claim;
import lychgate.transport.Conversation;
import lychgate.transport.Conversations;

import org.apache.sshd.common.io.IoInputStream;
import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelDataReceiver;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.AsyncCommand;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A shell, as SSHD sees it: connects a channel to a conversation, through a {@link ShellWire} and a
 * {@link ShellDialect}.
 */
final class Shell implements AsyncCommand, ChannelDataReceiver {
    private static final Logger log = LoggerFactory.getLogger(Shell.class);
    private static final String PROTOCOL = "ssh";

    private final ShellChannel channel;
    private final Authentication authentication;
    private final Executor threads;
    private final PortalApplication app;
    private final Conversations conversations;
    private final List<byte[]> early = new ArrayList<>();
    private @Nullable IoOutputStream output;
    private @Nullable ExitCallback exit;
    private volatile @Nullable ShellDialect dialect;

    /**
     * @param threads the threads that read SSH connections
     */
    Shell(
            ShellChannel channel,
            Authentication authentication,
            Executor threads,
            PortalApplication app,
            Conversations conversations) {
        this.threads = threads;
        this.channel = channel;
        this.authentication = authentication;
        this.app = app;
        this.conversations = conversations;
        channel.setDataReceiver(this);
        channel.attach(this);
    }

    @Override
    public void start(ChannelSession started, Environment environment) {
        if (output == null || exit == null) {
            throw new IllegalStateException("the shell was started before it was set up");
        }
        ExitCallback whenDone = exit;
        Connection connection = Connection.of(channel.getSession());
        Authentication.Identity identity = authentication.identify(channel.getServerSession());
        Client client = Client.of(channel);
        Conversation conversation =
                conversations.begin(
                        threads,
                        new Opening(
                                PROTOCOL,
                                Addresses.text(connection.address()),
                                client.facts(),
                                identity.claim()));
        ShellDialect opened =
                new ShellDialect(channel, connection, client, conversation, app.limits().maxLine());
        ShellWire wire =
                new ShellWire(channel, connection, output, () -> whenDone.onExit(0), conversation);
        dialect = opened;
        conversation
                .mailbox()
                .run(
                        () -> {
                            conversation.attach(wire, opened);
                            open(conversation, connection, identity);
                        });
        if (channel.isClosing() || channel.isClosed()) {
            opened.gone(); // destroy() may have been called before
        }
        early.forEach(opened::received);
        early.clear();
    }

    private static void open(
            Conversation conversation, Connection connection, Authentication.Identity identity) {
        connection.opened(conversation);
        conversation.open();
        Claim claim = identity.claim();
        log.info(
                "session {} opened over SSH: account {}{}, {}",
                conversation,
                claim == null ? "none" : claim.account(),
                claim == null || claim.proven() ? "" : " (not proven)",
                identity.method());
        conversation.settled();
    }

    /** Receives input. The window is reopened only when the input has been processed. */
    @Override
    public int data(ChannelSession from, byte[] buffer, int start, int length) {
        byte[] bytes = Arrays.copyOfRange(buffer, start, start + length);
        if (dialect == null) {
            early.add(bytes); // typed ahead of the shell request; bounded by the window
        } else {
            dialect.received(bytes);
        }
        return 0;
    }

    /** The terminal window was resized. */
    void resized(int columns, int rows) {
        if (dialect != null) {
            dialect.resized(columns, rows);
        }
    }

    /** The client has closed its side (EOF). */
    @Override
    public void close() {
        if (dialect != null) {
            dialect.inputEnded();
        }
    }

    /** The channel is closed. */
    @Override
    public void destroy(ChannelSession destroyed) {
        if (dialect != null) {
            dialect.gone();
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

    // Input arrives in data(); the error stream is not used.

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
