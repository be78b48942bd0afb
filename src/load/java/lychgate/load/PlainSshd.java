package lychgate.load;

import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.io.IoInputStream;
import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.channel.ChannelDataReceiver;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.AsyncCommand;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A bare SSHD as a baseline for {@link SshLoad}: accepts everybody, sends one line, and reads.
 *
 * <pre>{@code
 * java -XX:+UseSerialGC -Xms32m -Xmx512m -XX:+UseCompactObjectHeaders \
 *     -cp "target/test-classes:target/dist/lib/*" lychgate.load.PlainSshd PORT
 * }</pre>
 */
public final class PlainSshd {
    private PlainSshd() {}

    /** Runs until killed. */
    public static void main(String[] arguments) throws Exception {
        SshServer server = SshServer.setUpDefaultServer();
        server.setPort(Integer.parseInt(arguments[0]));
        server.setKeyPairProvider(
                KeyPairProvider.wrap(KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256)));
        server.setKeyExchangeFactories(
                NamedFactory.setUpTransformedFactories(
                        true, List.of(BuiltinDHFactories.mlkem768x25519), ServerBuilder.DH2KEX));
        server.setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));
        server.setKeyboardInteractiveAuthenticator(new NoQuestion());
        server.setShellFactory(Greeting::new);
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        server.start();
        Thread.currentThread().join();
    }

    private static final class NoQuestion implements KeyboardInteractiveAuthenticator {
        @Override
        public InteractiveChallenge generateChallenge(
                ServerSession session, String username, String lang, String subMethods) {
            InteractiveChallenge challenge = new InteractiveChallenge();
            challenge.setInteractionName("");
            challenge.setInteractionInstruction("");
            challenge.setLanguageTag("");
            return challenge;
        }

        @Override
        public boolean authenticate(
                ServerSession session, String username, List<String> responses) {
            return true;
        }
    }

    /** Sends the word that {@link SshLoad} waits for. */
    private static final class Greeting implements AsyncCommand, ChannelDataReceiver {
        private @Nullable IoOutputStream output;

        Greeting(ChannelSession channel) {
            channel.setDataReceiver(this);
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            if (output != null) {
                try {
                    output.writeBuffer(
                            new ByteArrayBuffer("guest\r\n".getBytes(StandardCharsets.US_ASCII)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        @Override
        public void setIoOutputStream(IoOutputStream out) {
            output = out;
        }

        @Override
        public int data(ChannelSession channel, byte[] buffer, int start, int length) {
            return length;
        }

        @Override
        public void close() {}

        @Override
        public void destroy(ChannelSession channel) {}

        @Override
        public void setExitCallback(ExitCallback callback) {}

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
}
