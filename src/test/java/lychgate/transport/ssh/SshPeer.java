package lychgate.transport.ssh;

import lychgate.testing.Await;

import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Apache SSHD's client, driven step by step. */
final class SshPeer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(Await.PATIENCE_SECONDS);

    private final SshClient client = SshClient.setUpDefaultClient();
    private final ClientSession session;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final AtomicInteger asked = new AtomicInteger();
    private @Nullable ChannelShell shell;

    SshPeer(int port, String name, KeyPair... keys) {
        try {
            client.setServerKeyVerifier((_, _, _) -> true);
            client.setUserInteraction(new NothingToSay());
            client.setGlobalRequestHandlers(List.of(this::answers));
            client.start();
            session = client.connect(name, "127.0.0.1", port).verify(PATIENCE).getSession();
            for (KeyPair key : keys) {
                session.addPublicKeyIdentity(key);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Authenticates, as far as it is let. */
    SshPeer authenticates() throws IOException {
        session.auth().verify(PATIENCE);
        return this;
    }

    /** Opens a shell on a terminal. */
    SshPeer opensTerminal(String term, int columns, int rows) throws IOException {
        ChannelShell opened = session.createShellChannel();
        opened.setPtyType(term);
        opened.setPtyColumns(columns);
        opened.setPtyLines(rows);
        opened.setUsePty(true);
        return opens(opened);
    }

    /** Opens a shell without a terminal. */
    SshPeer opensPipe() throws IOException {
        ChannelShell opened = session.createShellChannel();
        opened.setUsePty(false);
        return opens(opened);
    }

    private SshPeer opens(ChannelShell opened) throws IOException {
        opened.setOut(seen);
        opened.setErr(seen);
        opened.open().verify(PATIENCE);
        shell = opened;
        return this;
    }

    SshPeer types(String characters) throws IOException {
        OutputStream in = shell().getInvertedIn();
        in.write(characters.getBytes(StandardCharsets.UTF_8));
        in.flush();
        return this;
    }

    /** Sends no more. */
    void endsInput() throws IOException {
        shell().getInvertedIn().close();
    }

    /** Waits until it has been sent something. */
    SshPeer sees(String words) {
        Await.until(words + " in: " + seen(), () -> seen().contains(words));
        return this;
    }

    /** All that it has been sent. */
    String seen() {
        return seen.toString(StandardCharsets.UTF_8);
    }

    int seenBytes() {
        return seen.size();
    }

    /** Waits for the end of the shell; its exit status. */
    @Nullable Integer exit() {
        shell().waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
        return shell().getExitStatus();
    }

    ChannelShell shell() {
        ChannelShell opened = shell;
        if (opened == null) {
            throw new IllegalStateException("no shell has been opened");
        }
        return opened;
    }

    /** How often it has been asked whether it is there. */
    int asked() {
        return asked.get();
    }

    ClientSession session() {
        return session;
    }

    @Override
    public void close() {
        client.stop();
    }

    private RequestHandler.Result answers(
            ConnectionService service, String request, boolean wantsReply, Buffer buffer) {
        if (request.equals("keepalive@openssh.com") && wantsReply) {
            asked.incrementAndGet();
        }
        return RequestHandler.Result.ReplyFailure;
    }

    /** Answers no question, and has no password. */
    private static final class NothingToSay implements UserInteraction {
        @Override
        public String[] interactive(
                ClientSession asked,
                String name,
                String instruction,
                String lang,
                String[] prompts,
                boolean[] echo) {
            return new String[prompts.length];
        }

        @Override
        public @Nullable String getUpdatedPassword(
                ClientSession asked, String prompt, String lang) {
            return null;
        }

        @Override
        public boolean isInteractionAllowed(ClientSession asked) {
            return true;
        }

        @Override
        public void serverVersionInfo(ClientSession from, List<String> lines) {}

        @Override
        public void welcome(ClientSession from, String banner, String lang) {}
    }
}
