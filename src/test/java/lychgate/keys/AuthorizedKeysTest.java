package lychgate.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;

class AuthorizedKeysTest {
    private static final byte[] KEY = blob(1);
    private static final byte[] OTHER = blob(2);
    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.7");

    private final Path file;
    private final AuthorizedKeys keys;
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    AuthorizedKeysTest(@TempDir Path folder) {
        file = folder.resolve("authorized_keys");
        keys = new AuthorizedKeys(file, () -> now, ZoneId.of("Asia/Kolkata"));
    }

    @BeforeEach
    void listen() {
        logged.start();
        logger().addAppender(logged);
    }

    @AfterEach
    void listenNoMore() {
        logger().detachAppender(logged);
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
                "environment=\"A=\\\"a b\\\" # c\",no-pty; true",
                "from=\"192.0.2.7\"; true",
                "from=\"192.0.2.8\"; false",
                "no-pty,FROM=\"192.0.2.0/24,10.0.0.0/8\"; true",
                "from=\"192.0.2.0/24,!192.0.2.7\"; false",
                "from=\"192.0.?.*\"; true",
                "from=\"192.0.3.*\"; false",
                "from=\"192x0.2.7\"; false",
                "from=\"host.example.com\"; false",
                "from=\"host.example.com,192.0.2.7\"; true",
                "from=\"*,!host.example.com\"; false",
                "from=\"*\"; true",
                "from=\"*.ac\"; false",
                "from=\"*,!2001:db8::*\"; true",
                "from=\"*,!010.0.0.1\"; false",
                "from=\"*,!10.0.0.0/33\"; false",
                "from=\"192.0.2.7\",from=\"192.0.2.8\"; false",
                "from; false",
                "from=\"2001:db8::/32\"; false",
                "from=\"\"; false"
            })
    void keyIsGoodFromWhereItIsSaid(String options, boolean good) throws IOException {
        write(options + " " + line(KEY) + " rowan");
        assertEquals(good ? List.of("rowan") : List.of(), keys.accounts(KEY, HERE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agent-forwarding",
                "no-agent-forwarding",
                "port-forwarding",
                "no-port-forwarding",
                "X11-forwarding",
                "no-X11-forwarding",
                "pty",
                "NO-PTY",
                "user-rc",
                "no-user-rc",
                "restrict",
                "no-touch-required",
                "no-verify-required",
                "restrict,pty,environment=\"A=b c\"",
                "permitlisten=\"8080\"",
                "permitopen=\"localhost:80\"",
                "principals=\"rowan,alder\"",
                "tunnel=\"0\"",
            })
    void optionAboutWhatThereIsNotChangesNothing(String options) throws IOException {
        write(options + " " + line(KEY) + " rowan");
        assertEquals(List.of("rowan"), keys.accounts(KEY, HERE));
        assertEquals(List.of(), lines());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "verify-required => the option verify-required cannot be honoured here",
                "Verify-Required => the option Verify-Required cannot be honoured here",
                "touch-required => the option touch-required cannot be honoured here",
                "no-pty,cert-authority => the option cert-authority cannot be honoured here",
                "command=\"/bin/false\" => the option command cannot be honoured here",
                "revoked => the option revoked is not known",
                "@revoked => the option @revoked is not known",
                "no-pty=\"yes\" => the option no-pty has no value",
                "environment => the option environment needs a value",
                "no-pty, => its options cannot be read",
                "no-pty,,pty => its options cannot be read",
                "expiry-time=20300101 => its options cannot be read",
                "expiry-time=\"2030\" => expiry-time is 2030, and must be"
                        + " YYYYMMDD[HHMM[SS]], with Z for UTC",
                "expiry-time=\"20300230\" => expiry-time is 20300230, and must be"
                        + " YYYYMMDD[HHMM[SS]], with Z for UTC",
                "from=\"!a.example,*\" => from denies a.example, and names of hosts are not"
                        + " looked up",
                "from=\"a.example\" => from has names alone, and names of hosts are not looked"
                        + " up",
                "from=\"010.0.0.0/8\" => from has 010.0.0.0/8, which is neither an address nor"
                        + " a network",
            })
    void optionThatCannotBeHonouredRefusesItsKeyAndNoOther(String options, String why)
            throws IOException {
        write("# keys", options + " " + line(KEY) + " rowan", line(OTHER) + " alder");
        assertEquals(List.of(), keys.accounts(KEY, HERE));
        assertEquals(List.of("alder"), keys.accounts(OTHER, HERE));
        assertEquals(List.of(file + ", line 2: " + why + "; line skipped"), lines());
    }

    @ParameterizedTest
    @CsvSource({
        "20300102Z, 2030-01-02T00:00:00Z",
        "20300102z, 2030-01-02T00:00:00Z",
        "20300102UTC, 2030-01-02T00:00:00Z",
        "203001020304Z, 2030-01-02T03:04:00Z",
        "20300102030405Z, 2030-01-02T03:04:05Z",
        "20300102, 2030-01-01T18:30:00Z",
        "203001020304, 2030-01-01T21:34:00Z",
        "20300102030405, 2030-01-01T21:34:05Z",
    })
    void keyIsGoodUntilItExpires(String time, Instant expiry) throws IOException {
        write("expiry-time=\"" + time + "\" " + line(KEY) + " rowan");
        now = expiry.minusSeconds(1);
        assertEquals(List.of("rowan"), keys.accounts(KEY, HERE));
        now = expiry.plusSeconds(1); // the file has not changed
        assertEquals(List.of(), keys.accounts(KEY, HERE));
    }

    @Test
    void keyThatHasExpiredStaysOut() throws IOException {
        write(
                "expiry-time=\"20200101\" " + line(KEY) + " rowan",
                "expiry-time=\"20990101\",Expiry-Time=\"20200101\" " + line(OTHER) + " alder");
        assertEquals(List.of(), keys.accounts(KEY, HERE));
        assertEquals(List.of(), keys.accounts(OTHER, HERE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ecdsa-sha2-nistp256",
                "sk-ssh-ed25519@openssh.com",
                "sk-ecdsa-sha2-nistp256@openssh.com",
                "ssh-ed25519-cert-v01@openssh.com",
                "ssh-dss"
            })
    void keyOfATypeThatCannotLogInIsRefusedByName(String type) throws IOException {
        byte[] blob = blob(type, 1);
        write(
                "no-pty " + type + " " + Base64.getEncoder().encodeToString(blob) + " rowan",
                line(OTHER) + " alder");
        assertEquals(List.of(), keys.accounts(blob, HERE));
        assertEquals(List.of("alder"), keys.accounts(OTHER, HERE));
        assertEquals(
                List.of(
                        file
                                + ", line 1: a key of type "
                                + type
                                + " cannot log in here, ssh-ed25519 and ssh-rsa can; line skipped"),
                lines());
    }

    @Test
    void oneByteCostsNoOtherLine() throws IOException {
        writeLatin1(
                "\u00ef\u00bb\u00bf# Schl\u00fcssel\r\n"
                        + line(KEY)
                        + " rowan\r\n"
                        + line(OTHER)
                        + " j\u00fcrgen\r"
                        + line(blob(3))
                        + " al\0der\n"
                        + "\u00ef\u00bb\u00bf" // of a file that was put behind another
                        + line(OTHER)
                        + " alder");
        assertEquals(List.of("rowan"), keys.accounts(KEY, HERE));
        assertEquals(List.of("alder"), keys.accounts(OTHER, HERE));
        assertEquals(List.of(), keys.accounts(blob(3), HERE));
        assertEquals(
                List.of(
                        file + ", line 3: is not UTF-8 text; line skipped",
                        file + ", line 4: is not UTF-8 text; line skipped"),
                lines());
    }

    @Test
    void fileThatCannotBeReadIsSaidOnce() throws IOException {
        write(line(KEY) + " rowan");
        Files.write(file, (line(KEY) + " rowan\n").getBytes(StandardCharsets.UTF_16));
        assertEquals(List.of(), keys.accounts(KEY, HERE));
        assertEquals(List.of(), keys.accounts(KEY, HERE));
        assertEquals(
                List.of(
                        "all keys of "
                                + file
                                + " disabled: "
                                + file
                                + ": is UTF-16 text: save it as UTF-8"),
                lines());
        write(line(KEY) + " rowan");
        assertEquals(List.of("rowan"), keys.accounts(KEY, HERE));
    }

    @Test
    void whatIsWrongIsSaidBeforeAKeyIsShown() throws IOException {
        write("nonsense");
        keys.refresh();
        keys.refresh();
        assertEquals(
                List.of(file + ", line 1: is not [OPTIONS] TYPE KEY ACCOUNT; line skipped"),
                lines());
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

    private void writeLatin1(String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private List<String> lines() {
        return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(AuthorizedKeys.class);
    }

    private static String line(byte[] blob) {
        return "ssh-ed25519 " + Base64.getEncoder().encodeToString(blob);
    }

    private static byte[] blob(int seed) {
        return blob("ssh-ed25519", seed);
    }

    private static byte[] blob(String name, int seed) {
        byte[] type = name.getBytes(StandardCharsets.US_ASCII);
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
