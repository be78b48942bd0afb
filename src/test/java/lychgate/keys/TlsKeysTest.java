package lychgate.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import lychgate.OpenSsl;
import lychgate.TrustsEverybody;
import lychgate.plugin.ServerTls;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

class TlsKeysTest {
    private static final String EC = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";

    private final Path folder;
    private final OpenSsl openssl;
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    TlsKeysTest(@TempDir Path home) {
        folder = home.resolve("tls");
        openssl = new OpenSsl(folder);
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

    // The first start.

    @Test
    void firstStartMakesACertificateForThisHostAndLocalhost() throws Exception {
        X509Certificate served = served(TlsKeys.open(folder)).getFirst();
        assertEquals(3, served.getVersion());
        assertEquals("EC", served.getPublicKey().getAlgorithm());
        assertEquals("SHA256withECDSA", served.getSigAlgName());
        String text = openssl.run("x509 -in server.crt -noout -text");
        assertTrue(text.contains("NIST CURVE: P-256"), text);
        assertTrue(text.contains("DNS:localhost"), text);
        assertTrue(text.contains("IP Address:127.0.0.1"), text);
        assertTrue(text.contains("IP Address:0:0:0:0:0:0:0:1"), text);
        openssl.run("verify -CAfile server.crt -verify_hostname localhost server.crt");
        openssl.run("verify -CAfile server.crt -verify_ip ::1 server.crt");
    }

    @Test
    void keyIsForItsOwnerAloneAndSoIsTheFolder() throws IOException {
        TlsKeys.open(folder);
        assertEquals("rwx------", permissions(folder));
        assertEquals("rw-------", permissions(key()));
    }

    @Test
    void secondStartServesTheSameCertificate() throws Exception {
        List<X509Certificate> first = served(TlsKeys.open(folder));
        assertEquals(first, served(TlsKeys.open(folder)));
    }

    @Test
    void checkFindsNothingWrongWithNothingAndMakesNothing() throws IOException {
        TlsKeys.check(folder);
        assertFalse(Files.exists(folder));
    }

    // The operator's own files.

    @ParameterizedTest
    @ValueSource(
            strings = {
                EC,
                "-algorithm EC -pkeyopt ec_paramgen_curve:P-384",
                "-algorithm RSA -pkeyopt rsa_keygen_bits:2048",
                "-algorithm ED25519",
            })
    void keyOfEachKindIsServed(String algorithm) throws Exception {
        TlsKeys keys = openNew(algorithm);
        assertEquals(List.of(certificate("server.crt")), served(keys));
    }

    @ParameterizedTest
    @CsvSource({
        "ecparam -name prime256v1 -genkey -out server.key, BEGIN EC PARAMETERS",
        "ecparam -name prime256v1 -genkey -noout -out server.key, BEGIN EC PRIVATE KEY",
        "genrsa -traditional -out server.key 2048, BEGIN RSA PRIVATE KEY",
        "genrsa -out server.key 2048, BEGIN PRIVATE KEY",
    })
    void keyInEachNotationIsServed(String command, String notation) throws Exception {
        PrivateFile.makeFolder(folder);
        openssl.run(command);
        assertTrue(Files.readString(key()).contains(notation));
        openssl.run("req -x509 -new -subj /CN=test -key server.key -out server.crt");
        keepPrivate();
        assertEquals(List.of(certificate("server.crt")), served(TlsKeys.open(folder)));
    }

    @Test
    void wholeChainIsServedInItsOrder() throws Exception {
        chain();
        Files.writeString(chainFile(), text("leaf.crt") + text("ca.crt"));
        List<X509Certificate> expected = List.of(certificate("leaf.crt"), certificate("ca.crt"));
        assertEquals(expected, served(TlsKeys.open(folder)));
    }

    @Test
    void chainThatBeginsWithAnothersCertificateIsRefused() throws IOException {
        chain();
        Files.writeString(chainFile(), text("ca.crt") + text("leaf.crt"));
        assertRefused(key() + " is not the key of the first certificate in " + chainFile() + ".");
    }

    @Test
    void certificateMayBeALink() throws Exception {
        PrivateFile.makeFolder(folder);
        openssl.pair(EC, "server.key", "real.crt");
        Files.createSymbolicLink(chainFile(), Path.of("real.crt"));
        keepPrivate();
        assertEquals(List.of(certificate("real.crt")), served(TlsKeys.open(folder)));
    }

    // What is refused, and not overwritten.

    @Test
    void keyThatOthersMayReadIsRefused() throws IOException {
        TlsKeys.open(folder);
        for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----")) {
            Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString(mode));
            assertRefused(key() + " can be read by others: chmod 600 it.");
        }
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("r--------"));
        TlsKeys.check(folder);
    }

    @Test
    void keyThatIsALinkIsRefusedThoughItLeadsNowhere() throws IOException {
        PrivateFile.makeFolder(folder);
        Files.createSymbolicLink(key(), folder.resolve("nowhere"));
        Files.writeString(chainFile(), "no matter");
        assertRefused(
                key()
                        + " is a symbolic link: put the file itself there, so that it is certain"
                        + " whose it is.");
        Files.delete(chainFile());
        assertThrows(IOException.class, () -> TlsKeys.open(folder));
        assertTrue(Files.isSymbolicLink(key()));
    }

    @Test
    void keyOfAnotherUserIsRefused() throws IOException {
        TlsKeys.open(folder);
        try {
            Files.setAttribute(key(), "unix:uid", 65_534);
        } catch (IOException e) {
            Assumptions.abort("only root gives files away");
        }
        assertRefused(
                key() + " belongs to another user: chown it to the user that runs the portal.");
    }

    @Test
    void oneFileWithoutTheOtherIsRefusedAndNothingIsMade() throws IOException {
        TlsKeys.open(folder);
        Files.delete(chainFile());
        assertRefused(
                "of "
                        + key()
                        + " and "
                        + chainFile()
                        + " one is missing: put it there, or remove the other and both are"
                        + " made.");
        assertFalse(Files.exists(chainFile()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not PEM",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN EC PRIVATE KEY-----\nMHc\u00ff\n",
            })
    void keyThatIsNoneIsRefused(String text) throws IOException {
        TlsKeys.open(folder);
        Files.writeString(key(), text);
        assertRefused(
                key()
                        + " does not hold a private key without a password in PEM form: put it"
                        + " there, or remove the file.");
    }

    @Test
    void keyWithAPasswordIsRefused() throws IOException {
        TlsKeys.open(folder);
        openssl.run("genrsa -out rsa.key 2048");
        openssl.run("pkcs8 -topk8 -in server.key -passout pass:secret -out locked.key");
        Files.copy(folder.resolve("locked.key"), key(), StandardCopyOption.REPLACE_EXISTING);
        keepPrivate();
        assertRefused(
                key()
                        + " is locked with a password, and nobody is there to type it: take it off"
                        + " (openssl pkey -in LOCKED -out server.key).");
        openssl.run("rsa -in rsa.key -traditional -aes128 -passout pass:secret -out server.key");
        keepPrivate();
        assertTrue(text("server.key").contains("Proc-Type: 4,ENCRYPTED"));
        assertRefused(
                key()
                        + " is locked with a password, and nobody is there to type it: take it off"
                        + " (openssl pkey -in LOCKED -out server.key).");
    }

    @Test
    void severalKeysAreRefusedAndTheSameTwiceIsNot() throws Exception {
        TlsKeys.open(folder);
        X509Certificate before = certificate("server.crt");
        openssl.run("pkey -in server.key -traditional -out again.key");
        openssl.run("genpkey -out other.key " + EC);
        String own = text("server.key");
        Files.writeString(key(), own + text("again.key"));
        assertEquals(List.of(before), served(TlsKeys.open(folder)));
        Files.writeString(key(), own + text("other.key"));
        assertRefused(
                key()
                        + " holds 2 private keys: leave there the one that belongs to the"
                        + " certificate.");
    }

    @Test
    void keyInTheFormOfOpenSshIsRefusedWithTheRemedy() throws IOException {
        TlsKeys.open(folder);
        Files.writeString(
                key(),
                "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n");
        assertRefused(
                key()
                        + " holds a key in the form of OpenSSH: put one in PEM form there"
                        + " (ssh-keygen -p -m PKCS8 -f COPY).");
    }

    // What stands beside.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "\u00ef\u00bb\u00bf%s",
                "Bag Attributes\n    friendlyName: M\u00fchle\nsubject=CN = test\n%s\nthe end",
                "-----BEGIN DH PARAMETERS-----\nMIIBCAKCAQEA\n-----END DH PARAMETERS-----\n%s",
                "%s-----BEGIN DH PARAMETERS-----\nMIIBCAKCAQEA\n-----END DH PARAMETERS-----\n",
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n%s",
                "-----BEGIN DH PARAMETERS-----\nhalf of it\n%s",
            })
    void whatStandsBesideMattersNot(String around) throws Exception {
        TlsKeys.open(folder);
        X509Certificate before = certificate("server.crt");
        for (Path file : List.of(key(), chainFile())) {
            String own = Files.readString(file);
            Files.writeString(file, around.formatted(own), StandardCharsets.ISO_8859_1);
        }
        assertEquals(List.of(before), served(TlsKeys.open(folder)));
        String[][] changes = {
            {"(?m)$", "  \t"}, {"\n", "\r\n"}, {"(?m)^", "  "}, {"(?<![-])\n(?![-])", ""}
        };
        for (Path file : List.of(key(), chainFile())) {
            String own = Files.readString(file, StandardCharsets.ISO_8859_1);
            for (String[] change : changes) {
                Files.writeString(
                        file, own.replaceAll(change[0], change[1]), StandardCharsets.ISO_8859_1);
                assertEquals(List.of(before), served(TlsKeys.open(folder)), change[0]);
            }
        }
    }

    @Test
    void keyAndCertificatesMayStandInBothFiles() throws Exception {
        TlsKeys.open(folder);
        X509Certificate before = certificate("server.crt");
        String both = text("server.key") + text("server.crt");
        Files.writeString(key(), both);
        Files.writeString(chainFile(), both);
        Files.setPosixFilePermissions(chainFile(), PosixFilePermissions.fromString("rw-------"));
        assertEquals(List.of(before), served(TlsKeys.open(folder)));
        assertEquals(List.of(), lines());
        Files.setPosixFilePermissions(chainFile(), PosixFilePermissions.fromString("rw-r--r--"));
        TlsKeys.check(folder);
        assertEquals(
                List.of(
                        chainFile()
                                + " holds a private key that others can read: take it out, or"
                                + " chmod 600 the file"),
                lines());
    }

    @Test
    void trustedCertificateIsOneToo() throws Exception {
        TlsKeys.open(folder);
        X509Certificate before = certificate("server.crt");
        openssl.run("x509 -in server.crt -trustout -addtrust serverAuth -out trusted.crt");
        move("trusted.crt", "server.crt");
        assertTrue(text("server.crt").contains("BEGIN TRUSTED CERTIFICATE"));
        assertEquals(List.of(before), served(TlsKeys.open(folder)));
    }

    @Test
    void chainThatIsCutShortIsRefused() throws IOException {
        TlsKeys.open(folder);
        String own = text("server.crt");
        Files.writeString(chainFile(), own + own.substring(0, own.length() / 2));
        assertRefused(
                chainFile()
                        + " does not hold certificates in PEM form: put it there, or remove the"
                        + " file.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n"})
    void certificateThatIsNoneIsRefused(String text) throws IOException {
        TlsKeys.open(folder);
        Files.writeString(chainFile(), text);
        assertRefused(
                chainFile()
                        + " does not hold certificates in PEM form: put it there, or remove the"
                        + " file.");
    }

    @Test
    void folderThatCannotBeMadeIsNamed() throws IOException {
        Files.writeString(folder, "a file");
        IOException e = assertThrows(IOException.class, () -> TlsKeys.open(folder));
        assertEquals(
                folder
                        + " cannot be made (something else is there): see that the user that runs"
                        + " the portal may.",
                e.getMessage());
    }

    // Files that are replaced.

    @ParameterizedTest
    @ValueSource(
            strings = {
                EC,
                "-algorithm RSA -pkeyopt rsa_keygen_bits:2048",
                "-algorithm ED25519",
            })
    void replacedFilesAreServedToNewHandshakes(String algorithm) throws Exception {
        TlsKeys keys = TlsKeys.open(folder);
        X509Certificate before = served(keys).getFirst();
        replace(algorithm);
        assertEquals(List.of(before), served(keys));
        keys.refresh();
        assertEquals(List.of(certificate("server.crt")), served(keys));
        assertNotEquals(before, certificate("server.crt"));
        assertEquals(List.of("TLS certificate reloaded: " + described().fingerprint()), lines());
    }

    @Test
    void replacementWithAnOlderTimeAndTheSameLengthIsNoticed() throws Exception {
        TlsKeys keys = openNew("-algorithm ED25519");
        FileTime time = Files.getLastModifiedTime(key());
        replace("-algorithm ED25519");
        Files.setLastModifiedTime(key(), time);
        Files.setLastModifiedTime(chainFile(), time);
        keys.refresh();
        assertEquals(List.of(certificate("server.crt")), served(keys));
    }

    @Test
    void pairThatDoesNotFitKeepsTheOldAndSaysSoOnce() throws Exception {
        TlsKeys keys = TlsKeys.open(folder);
        List<X509Certificate> before = served(keys);
        openssl.pair(EC, "other.key", "other.crt");
        move("other.crt", "server.crt");
        keys.refresh();
        keys.refresh();
        assertEquals(before, served(keys));
        assertEquals(
                List.of(
                        "TLS certificate not reloaded, the old one stays in use: "
                                + key()
                                + " is not the key of the first certificate in "
                                + chainFile()
                                + "."),
                lines());
        move("other.key", "server.key");
        keepPrivate();
        keys.refresh();
        assertEquals(List.of(certificate("server.crt")), served(keys));
    }

    @Test
    void brokenOrMissingFilesKeepTheOld() throws Exception {
        TlsKeys keys = TlsKeys.open(folder);
        List<X509Certificate> before = served(keys);
        Files.writeString(key(), "broken");
        keys.refresh();
        Files.delete(key());
        keys.refresh();
        Files.delete(chainFile());
        keys.refresh();
        keys.refresh();
        assertEquals(before, served(keys));
        assertEquals(3, lines().size());
    }

    // What an operator is told.

    @Test
    void certificateIsDescribedAsOpensslDoes() throws IOException {
        assertNull(TlsKeys.describe(folder));
        TlsKeys.open(folder);
        String said = openssl.run("x509 -in server.crt -noout -fingerprint -sha256");
        assertEquals(said.strip(), "sha256 Fingerprint=" + described().fingerprint());
        assertTrue(described().names().contains("localhost"));
        Instant nineYears = Instant.now().plusSeconds(9L * 365 * 24 * 3600);
        assertTrue(described().expires().isAfter(nineYears));
    }

    @Test
    void rotationServesANewCertificateAndKeepsTheOldFilesBeside() throws Exception {
        TlsKeys keys = TlsKeys.open(folder);
        String oldKey = Files.readString(key());
        X509Certificate before = served(keys).getFirst();
        TlsKeys.rotate(folder, Instant.ofEpochSecond(1_234));
        keys.refresh();
        assertNotEquals(before, served(keys).getFirst());
        assertEquals(oldKey, text("server.key.1234"));
        assertEquals("rw-------", permissions(folder.resolve("server.key.1234")));
        assertTrue(Files.exists(folder.resolve("server.crt.1234")));
    }

    private lychgate.keys.Certificate described() throws IOException {
        return Objects.requireNonNull(TlsKeys.describe(folder));
    }

    private TlsKeys openNew(String algorithm) throws IOException {
        PrivateFile.makeFolder(folder);
        openssl.pair(algorithm, "server.key", "server.crt");
        keepPrivate();
        return TlsKeys.open(folder);
    }

    /** As an operator's tool does: new files are moved into the place of the old. */
    private void replace(String algorithm) throws IOException {
        openssl.pair(algorithm, "new.key", "new.crt");
        move("new.key", "server.key");
        move("new.crt", "server.crt");
        keepPrivate();
    }

    /** A certificate that another has signed. */
    private void chain() throws IOException {
        PrivateFile.makeFolder(folder);
        openssl.pair(EC, "ca.key", "ca.crt");
        openssl.run("genpkey -out server.key " + EC);
        openssl.run("req -new -subj /CN=leaf -key server.key -out leaf.csr");
        openssl.run("x509 -req -in leaf.csr -CA ca.crt -CAkey ca.key -days 2 -out leaf.crt");
        keepPrivate();
    }

    private void move(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
    }

    private void keepPrivate() throws IOException {
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-------"));
    }

    private void assertRefused(String sentence) {
        for (IOException e :
                List.of(
                        assertThrows(IOException.class, () -> TlsKeys.check(folder)),
                        assertThrows(IOException.class, () -> TlsKeys.open(folder)))) {
            assertEquals(sentence, e.getMessage());
        }
    }

    private X509Certificate certificate(String file) throws Exception {
        try (var in = Files.newInputStream(folder.resolve(file))) {
            return (X509Certificate)
                    java.security.cert.CertificateFactory.getInstance("X.509")
                            .generateCertificate(in);
        }
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private Path key() {
        return folder.resolve("server.key");
    }

    private Path chainFile() {
        return folder.resolve("server.crt");
    }

    private List<String> lines() {
        return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(TlsKeys.class);
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** What a client is shown in a handshake. */
    private static List<X509Certificate> served(TlsKeys keys) throws Exception {
        return new Handshake(keys).complete();
    }

    /** A handshake in memory, of a client that trusts everybody. */
    private static final class Handshake {
        private final SSLEngine client;
        private final SSLEngine server;
        private final ByteBuffer toServer = ByteBuffer.allocate(40_000);
        private final ByteBuffer toClient = ByteBuffer.allocate(40_000);
        private final ByteBuffer words = ByteBuffer.allocate(40_000);

        Handshake(ServerTls tls) {
            client = TrustsEverybody.context().createSSLEngine();
            client.setUseClientMode(true);
            server = tls.engine();
        }

        /** Each says what it has to say. */
        void step() throws SSLException {
            move(client, toServer, toClient);
            move(server, toClient, toServer);
        }

        /** Goes on to the end; the certificates that the client has seen. */
        List<X509Certificate> complete() throws SSLException {
            for (int i = 0; i < 10 && !done(client); i++) {
                step();
            }
            Certificate[] seen = client.getSession().getPeerCertificates();
            return Arrays.stream(seen).map(X509Certificate.class::cast).toList();
        }

        private static boolean done(SSLEngine engine) {
            return engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING
                    && !engine.getSession().getProtocol().equals("NONE");
        }

        private void move(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
            in.flip();
            for (int i = 0; i < 10; i++) {
                switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> engine.getDelegatedTask().run();
                    case NEED_UNWRAP -> engine.unwrap(in, words);
                    default -> engine.wrap(ByteBuffer.allocate(0), out);
                }
            }
            in.compact();
        }
    }
}
