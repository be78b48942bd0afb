package lychgate.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;

class AuthorizedKeysTest {
    private static final byte[] KEY = blob(1);
    private static final byte[] OTHER = blob(2);
    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.7");

    private final Path file;
    private final AuthorizedKeys keys;

    AuthorizedKeysTest(@TempDir Path folder) {
        file = folder.resolve("authorized_keys");
        keys = new AuthorizedKeys(file);
    }

    @Test
    void withoutAFileNoKeyIsListed() {
        assertEquals(List.of(), keys.accounts(KEY, HERE));
    }

    @Test
    void commentIsTheAccount() throws IOException {
        write(line(KEY) + " rowan", line(OTHER) + " alder", line(KEY) + "   Fern  ");
        assertEquals(List.of("rowan", "Fern"), keys.accounts(KEY, HERE));
        assertEquals(List.of("alder"), keys.accounts(OTHER, HERE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# KEY rowan",
                "",
                "nonsense",
                "ssh-ed25519 AAAA rowan",
                "ssh-ed25519 **** rowan",
                "ssh-rsa BLOB rowan",
                "KEY",
                "cert-authority KEY rowan",
                "from=192.0.2.7 KEY rowan",
                "from=\"192.0.2.7 KEY rowan"
            })
    void lineThatCannotBeReadIsPassedOver(String text) throws IOException {
        String broken = text.replace("KEY", line(KEY)).replace("BLOB", line(KEY).split(" ", 2)[1]);
        write(broken, line(OTHER) + " alder");
        assertEquals(List.of(), keys.accounts(KEY, HERE));
        assertEquals(List.of("alder"), keys.accounts(OTHER, HERE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "no-pty; true",
                "command=\"echo \\\"a b\\\" # c\",no-pty; true",
                "from=\"192.0.2.7\"; true",
                "from=\"192.0.2.8\"; false",
                "no-pty,FROM=\"192.0.2.0/24,10.0.0.0/8\"; true",
                "from=\"192.0.2.0/24,!192.0.2.7\"; false",
                "from=\"192.0.?.*\"; true",
                "from=\"192.0.3.*\"; false",
                "from=\"192x0.2.7\"; false",
                "from=\"host.example.com\"; false",
                "from=\"2001:db8::/32\"; false",
                "from=\"\"; false"
            })
    void keyIsGoodFromWhereItIsSaid(String options, boolean good) throws IOException {
        write(options + " " + line(KEY) + " rowan");
        assertEquals(good ? List.of("rowan") : List.of(), keys.accounts(KEY, HERE));
    }

    @Test
    void changedFileIsReadAnew() throws IOException {
        write(line(KEY) + " rowan");
        assertEquals(List.of("rowan"), keys.accounts(KEY, HERE));
        write(line(KEY) + " alder");
        Files.setLastModifiedTime(file, FileTime.fromMillis(5_000));
        assertEquals(List.of("alder"), keys.accounts(KEY, HERE));
        Files.delete(file);
        assertEquals(List.of(), keys.accounts(KEY, HERE));
    }

    @Test
    void fileThatOthersCanWriteLetsNobodyIn() throws IOException {
        write(line(KEY) + " rowan");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertEquals(List.of(), keys.accounts(KEY, HERE));
    }

    @Test
    void changeOfWhoMayWriteHoldsAtOnce() throws IOException {
        write(line(KEY) + " rowan");
        assertEquals(List.of("rowan"), keys.accounts(KEY, HERE));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertEquals(List.of(), keys.accounts(KEY, HERE));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertEquals(List.of("rowan"), keys.accounts(KEY, HERE));
    }

    private void write(String... lines) throws IOException {
        Files.write(file, List.of(lines));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static String line(byte[] blob) {
        return "ssh-ed25519 " + Base64.getEncoder().encodeToString(blob);
    }

    private static byte[] blob(int seed) {
        byte[] type = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return ByteBuffer.allocate(4 + type.length + 4 + key.length)
                .putInt(type.length)
                .put(type)
                .putInt(key.length)
                .put(key)
                .array();
    }
}
