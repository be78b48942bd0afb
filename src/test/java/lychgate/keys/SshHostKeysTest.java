package lychgate.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lychgate.OpenSsl;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.Security;
import java.time.Instant;
import java.util.Base64;
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
                        + " remove the file, and one is generated.",
                refusal());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00ef\u00bb\u00bf%s",
                "Schl\u00fcssel\n%s\nthe end\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n%s"
            })
    void whatStandsBesideMattersNot(String around) throws IOException {
        List<byte[]> made = publicKeys(SshHostKeys.open(folder));
        String own = Files.readString(ed25519);
        String changed = around.formatted(own.replace("\n", " \r\n"));
        Files.writeString(ed25519, changed, StandardCharsets.ISO_8859_1);
        assertArrayEquals(made.getFirst(), publicKeys(SshHostKeys.open(folder)).getFirst());
    }

    @Test
    void keyInEachFormIsTaken() throws IOException {
        OpenSsl openssl = new OpenSsl(folder);
        PrivateFile.makeFolder(folder);
        Path rsa = folder.resolve("ssh_host_rsa_key");
        openssl.run("genrsa -out pkcs8.key 2048");
        openssl.run("rsa -in pkcs8.key -traditional -out pkcs1.key");
        for (String form : List.of("pkcs8.key", "pkcs1.key")) {
            PrivateFile.write(rsa, Files.readAllBytes(folder.resolve(form)));
            assertEquals("RSA", SshHostKeys.open(folder).getLast().getPublic().getAlgorithm());
        }
        openssl.run("genpkey -algorithm ED25519 -out ed25519.key");
        PrivateFile.write(ed25519, Files.readAllBytes(folder.resolve("ed25519.key")));
        SshHostKeys.open(folder);
    }

    @Test
    void keyThatIsLockedIsRefusedWithTheRemedy() throws IOException {
        OpenSsl openssl = new OpenSsl(folder);
        PrivateFile.makeFolder(folder);
        openssl.run("genrsa -aes128 -passout pass:secret -out locked.key 2048");
        String locked = Files.readString(folder.resolve("locked.key"));
        String openSsh =
                new PemFile.Block(
                                "OPENSSH PRIVATE KEY",
                                List.of(),
                                Base64.getEncoder()
                                        .encodeToString(
                                                "openssh-key-v1\0\0\0\0\12aes256-ctr and the rest"
                                                        .getBytes(StandardCharsets.US_ASCII)))
                        .pem();
        for (String each : List.of(locked, openSsh)) {
            PrivateFile.write(ed25519, each.getBytes(StandardCharsets.US_ASCII));
            assertEquals(
                    ed25519
                            + " is locked with a password, and nobody is there to type it: take it"
                            + " off (ssh-keygen -p -f ssh_host_ed25519_key).",
                    refusal());
        }
    }

    @Test
    void keyOfAnotherTypeAndSeveralKeysAreRefused() throws IOException {
        SshHostKeys.open(folder);
        String own = Files.readString(ed25519);
        byte[] rsa = Files.readAllBytes(folder.resolve("ssh_host_rsa_key"));
        PrivateFile.write(ed25519, rsa);
        assertEquals(
                ed25519
                        + " holds a key of type ssh-rsa, and must hold one of type ssh-ed25519: put"
                        + " it there, or remove the file, and one is generated.",
                refusal());
        Files.writeString(ed25519, own + new String(rsa, StandardCharsets.US_ASCII));
        assertEquals(ed25519 + " holds 2 private keys: leave one of them there.", refusal());
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
