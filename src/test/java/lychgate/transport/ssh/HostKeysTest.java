package lychgate.transport.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.testing.RecordingPortal;

import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

@Timeout(120)
class HostKeysTest {
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final Path folder;
    private final Path authorized;

    HostKeysTest(@TempDir Path home) {
        folder = home.resolve("ssh");
        authorized = home.resolve("authorized_keys");
    }

    @Test
    void firstStartServesOneKeyAtOnceAndTheOtherOnceItIsMade() throws Exception {
        RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
        SshTransport transport = new SshTransport(new SshConfig(true, 0, true), folder, authorized);
        try {
            transport.start(portal);
            int port = transport.port().orElseThrow();
            assertEquals("ssh-ed25519", shown(port, BuiltinSignatures.ed25519));
            transport.ready();
            while (Files.notExists(folder.resolve("ssh_host_rsa_key"))) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            while (!shown(port, BuiltinSignatures.rsaSHA512).equals("ssh-rsa")) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            assertEquals("ssh-ed25519", shown(port, BuiltinSignatures.ed25519));
        } finally {
            transport.stop();
            portal.close();
        }
    }

    /** The type of the key that is shown to a client that knows that signature alone. */
    private static String shown(int port, BuiltinSignatures signature) throws IOException {
        CompletableFuture<PublicKey> shown = new CompletableFuture<>();
        try (SshClient client = SshClient.setUpDefaultClient()) {
            client.setSignatureFactories(List.of(signature));
            client.setServerKeyVerifier((_, _, key) -> shown.complete(key));
            client.start();
            ClientSession session =
                    client.connect("someone", "127.0.0.1", port).verify(WAIT).getSession();
            session.waitFor(List.of(ClientSession.ClientSessionEvent.WAIT_AUTH), WAIT);
            return KeyUtils.getKeyType(shown.get(WAIT.toSeconds(), TimeUnit.SECONDS));
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
    }
}
