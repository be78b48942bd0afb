package lychgate.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.Security;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

class SshHostKeysTest {
    private final Path folder;
    private final Path ed25519;

    SshHostKeysTest(@TempDir Path etc) {
        folder = etc.resolve("ssh");
        ed25519 = folder.resolve("ssh_host_ed25519_key");
    }

    @Test
    void keysAreMadeForTheirOwnerAlone() throws IOException {
        SshHostKeys.open(folder);
        assertEquals("rwx------", mode(folder));
        assertEquals("rw-------", mode(ed25519));
        assertEquals("rw-------", mode(folder.resolve("ssh_host_rsa_key")));
        assertEquals("-----BEGIN OPENSSH PRIVATE KEY-----", Files.readAllLines(ed25519).getFirst());
        assertEquals(
                List.of(
                        "ssh_host_ed25519_key",
                        "ssh_host_ed25519_key.pub",
                        "ssh_host_rsa_key",
                        "ssh_host_rsa_key.pub"),
                names());
    }

    @Test
    void providersOfTheJvmStayAsTheyAre() throws IOException {
        SshHostKeys.open(folder);
        assertNull(Security.getProvider("BC"));
    }

    @Test
    void keysStayTheSame() throws IOException {
        List<byte[]> made = publicKeys(SshHostKeys.open(folder));
        List<byte[]> read = publicKeys(SshHostKeys.open(folder));
        assertArrayEquals(made.get(0), read.get(0));
        assertArrayEquals(made.get(1), read.get(1));
    }

    @Test
    void rotatingKeepsTheOldKeysBeside() throws IOException {
        SshHostKeys.open(folder);
        List<HostKey> before = SshHostKeys.list(folder);
        String old = Files.readString(ed25519);
        SshHostKeys.rotate(folder, Instant.ofEpochSecond(1_800_000_000));
        List<HostKey> after = SshHostKeys.list(folder);
        assertNotEquals(before.get(0), after.get(0));
        assertNotEquals(before.get(1), after.get(1));
        assertEquals(old, Files.readString(folder.resolve("ssh_host_ed25519_key.1800000000")));
        assertEquals(8, names().size());
    }

    @Test
    void linkIsRefusedAndNotOverwritten(@TempDir Path elsewhere) throws IOException {
        SshHostKeys.open(folder);
        Path real = elsewhere.resolve("key");
        Files.move(ed25519, real);
        Files.createSymbolicLink(ed25519, real);
        assertEquals(
                ed25519
                        + " is a symbolic link: put the file itself there, so that it is certain"
                        + " whose it is.",
                refusal());
        Files.delete(real);
        assertEquals(
                ed25519
                        + " is a symbolic link: put the file itself there, so that it is certain"
                        + " whose it is.",
                refusal());
    }

    @Test
    void keyThatOthersCanReadIsRefused() throws IOException {
        SshHostKeys.open(folder);
        Files.setPosixFilePermissions(ed25519, PosixFilePermissions.fromString("rw-r-----"));
        assertEquals(ed25519 + " can be read by others: chmod 600 it.", refusal());
    }

    @Test
    void whatIsNoKeyIsRefused() throws IOException {
        PrivateFile.makeFolder(folder);
        PrivateFile.write(ed25519, new byte[] {'x'});
        assertEquals(
                ed25519
                        + " does not hold a private SSH key without a password: put it there, or"
                        + " take the file away and one is made.",
                refusal());
    }

    private String refusal() {
        return String.valueOf(
                assertThrows(IOException.class, () -> SshHostKeys.open(folder)).getMessage());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<byte[]> publicKeys(List<KeyPair> pairs) {
        return pairs.stream().map(pair -> pair.getPublic().getEncoded()).toList();
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
