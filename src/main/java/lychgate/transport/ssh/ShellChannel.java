package lychgate.transport.ssh;

import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.PtyMode;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A session channel (RFC 4254, section 6) that offers a shell and nothing else. Records what the
 * client reports about its terminal.
 */
final class ShellChannel extends ChannelSession {
    /** Environment variables that describe the terminal; others are refused. */
    private static final Set<String> ACCEPTED_VARIABLES =
            Set.of("COLORTERM", "LANG", "LC_ALL", "LC_CTYPE");

    /** Maximum length of a variable or of the terminal's name. */
    private static final int MAX_VALUE = 64;

    private final Map<String, String> variables = new HashMap<>();
    private @Nullable Pty pty;
    private @Nullable Shell shell;

    /**
     * The client's terminal.
     *
     * @param term its type, as in TERM
     * @param columns width of its window
     * @param rows height of its window
     */
    record Pty(String term, int columns, int rows) {}

    ShellChannel() {
        super(List.of());
    }

    /** Creates channels of the type {@code session}. */
    static final class Factory implements ChannelFactory {
        @Override
        public String getName() {
            return "session";
        }

        @Override
        public Channel createChannel(Session session) {
            return new ShellChannel();
        }
    }

    /** The terminal; null if there is none. */
    @Nullable Pty pty() {
        return pty;
    }

    /** The accepted environment variables. */
    Map<String, String> variables() {
        return variables;
    }

    /** Attaches the shell, which is told when the window is resized. */
    void attach(Shell started) {
        shell = started;
    }

    @Override
    protected RequestHandler.Result handlePtyReqParsed(
            String term,
            int columns,
            int rows,
            int width,
            int height,
            Map<PtyMode, Integer> modes) {
        String name = term.length() > MAX_VALUE ? term.substring(0, MAX_VALUE) : term;
        pty = new Pty(name, columns, rows);
        return RequestHandler.Result.ReplySuccess;
    }

    @Override
    protected RequestHandler.Result handleWindowChangeParsed(
            int columns, int rows, int width, int height) {
        if (pty != null) {
            pty = new Pty(pty.term(), columns, rows);
            if (shell != null) {
                shell.resized(columns, rows);
            }
        }
        return RequestHandler.Result.ReplySuccess;
    }

    @Override
    protected RequestHandler.Result handleEnvParsed(String name, String value) {
        if (!ACCEPTED_VARIABLES.contains(name) || value.length() > MAX_VALUE) {
            return RequestHandler.Result.ReplyFailure;
        }
        variables.put(name, value);
        return RequestHandler.Result.ReplySuccess;
    }

    @Override
    protected RequestHandler.Result handleSignalParsed(String name) {
        return RequestHandler.Result.ReplySuccess; // there is no process to signal
    }

    @Override
    protected RequestHandler.Result handleBreakParsed(long length) {
        return RequestHandler.Result.ReplySuccess;
    }

    @Override
    protected RequestHandler.Result handleExecParsed(String request, String command)
            throws IOException {
        return refuse("exec");
    }

    @Override
    protected RequestHandler.Result handleSubsystemParsed(String request, String subsystem)
            throws IOException {
        return refuse("subsystem");
    }

    /** Refuses a request, with a message on the error stream, which some clients show. */
    private RequestHandler.Result refuse(String request) throws IOException {
        byte[] words =
                (request + " is not offered here: connect for a shell, without a command.\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        if (getRemoteWindow().getSize() >= words.length) {
            Buffer error = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA);
            error.putInt(getRecipient());
            error.putInt(SshConstants.SSH_EXTENDED_DATA_STDERR);
            error.putBytes(words);
            getRemoteWindow().consume(words.length);
            writePacket(error);
        }
        return RequestHandler.Result.ReplyFailure;
    }
}
