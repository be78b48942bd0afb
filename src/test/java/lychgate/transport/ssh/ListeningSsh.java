package lychgate.transport.ssh;

import lychgate.keys.SshHostKeys;
import lychgate.plugin.Limits;
import lychgate.testing.CountingMeters;
import lychgate.testing.RecordingGame;
import lychgate.testing.RecordingPortal;

import org.apache.sshd.common.config.keys.PublicKeyEntry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;

/** The real SSH service on a free port, with clients of this test and a recording game. */
final class ListeningSsh implements AutoCloseable {
    private static final Path HOST_KEYS = hostKeys();

    private final RecordingPortal portal;
    private final Path authorized = temporary("lychgate-keys").resolve("authorized_keys");
    private final SshTransport transport;
    private final List<SshPeer> peers = new ArrayList<>();

    ListeningSsh() {
        this(RecordingPortal.ROOMY, true);
    }

    ListeningSsh(Limits limits, boolean passwordless) {
        this(new RecordingPortal(limits), passwordless);
    }

    ListeningSsh(RecordingPortal portal, boolean passwordless) {
        this.portal = portal;
        transport = new SshTransport(new SshConfig(true, 0, passwordless), HOST_KEYS, authorized);
        try {
            transport.start(portal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lists a key for an account. */
    ListeningSsh lets(KeyPair key, String account) {
        try {
            Files.writeString(
                    authorized, PublicKeyEntry.toString(key.getPublic()) + " " + account + "\n");
            Files.setPosixFilePermissions(authorized, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** A client that has connected, and that will try these keys. */
    SshPeer peer(String name, KeyPair... keys) {
        SshPeer peer = new SshPeer(port(), name, keys);
        peers.add(peer);
        return peer;
    }

    int port() {
        return transport.port().orElseThrow();
    }

    RecordingPortal portal() {
        return portal;
    }

    RecordingGame game() {
        return portal.game();
    }

    CountingMeters meters() {
        return portal.meters();
    }

    SshTransport transport() {
        return transport;
    }

    @Override
    public void close() {
        peers.forEach(SshPeer::close);
        transport.stop();
        portal.close();
    }

    /** Made once: RSA is slow. */
    private static Path hostKeys() {
        Path folder = temporary("lychgate-host-keys");
        try {
            SshHostKeys.open(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private static Path temporary(String name) {
        try {
            Path folder = Files.createTempDirectory(name);
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
