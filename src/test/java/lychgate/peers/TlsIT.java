package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.OpenSsl;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Telnet over TLS with clients whose TLS is OpenSSL's or GnuTLS's, and a scanner. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {
    private static final Pattern VERSION =
            Pattern.compile("<protocol type=\"(\\w+)\" version=\"([^\"]+)\" enabled=\"1\"");
    private static final Pattern CIPHER = Pattern.compile("<cipher [^>]* cipher=\"([^\"]+)\"");
    private static final Pattern SIGNATURE =
            Pattern.compile("<connection-signature-algorithm [^>]* name=\"([^\"]+)\"");

    /** Either key exchange with forward secrecy, and a cipher that is authenticated in itself. */
    private static final String STRONG =
            "TLS_(AES_\\d+_GCM|CHACHA20_POLY1305)_SHA\\d+"
                    + "|ECDHE-(ECDSA|RSA)-(AES\\d+-GCM-SHA\\d+|CHACHA20-POLY1305)";

    private final Distribution portal;

    TlsIT() throws IOException {
        portal = Distribution.inNewHome();
    }

    @BeforeAll
    void start() throws Exception {
        portal.set("limits.connections_per_address=0")
                .set("limits.connections_per_second_per_address=0")
                .set("telnet.sniff_tls=true")
                .start();
    }

    @AfterAll
    void stop() throws Exception {
        portal.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    @RequiresPeer("openssl")
    void opensslVerifiesTheCertificatePlaysAndHearsTheGoodbye(String version) throws Exception {
        for (String service : List.of("telnet-tls", "telnet")) {
            try (SClient client = client(service, version)) {
                client.expect("create NAME");
                client.type("guest").expect("Welcome");
                client.type("say good evening").expect("You say, \"good evening\"");
                client.type("quit").expect("Farewell");
                assertEquals(0, client.exit(), client::said); // not: unexpected eof
            }
        }
    }

    @Test
    @RequiresPeer("openssl")
    void agreeingAnewIsRefused() throws Exception {
        try (SClient client = client("telnet-tls", "-tls1_2")) {
            client.expect("create NAME");
            client.type("R").expect("alert handshake failure");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-tls1_1 -cipher DEFAULT@SECLEVEL=0",
                "-tls1 -cipher DEFAULT@SECLEVEL=0",
                "-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA256:AES256-GCM-SHA384"
            })
    @RequiresPeer("openssl")
    void whatIsTooOldIsRefusedWithAnAlert(String offer) throws Exception {
        try (SClient client = client("telnet-tls", offer)) {
            client.expect("SSL alert number");
            assertFalse(client.said().contains("create NAME"), client.said());
        }
    }

    @Test
    @RequiresPeer("sslscan")
    void scannerFindsNothingWeak() throws Exception {
        String found = run("sslscan", "--xml=-", "--show-sigs", "127.0.0.1:" + port("telnet-tls"));
        assertEquals(Set.of("tls 1.2", "tls 1.3"), Set.copyOf(all(VERSION, found)), found);
        List<String> ciphers = all(CIPHER, found);
        assertEquals(6, ciphers.size(), found);
        ciphers.forEach(cipher -> assertTrue(cipher.matches(STRONG), cipher));
        for (String signature : all(SIGNATURE, found)) {
            assertTrue(
                    signature.matches("(ecdsa|rsa)_.+_sha(256|384|512)|ed25519|ed448"), signature);
        }
        assertTrue(found.contains("<renegotiation supported=\"0\""), found);
        assertFalse(found.contains("vulnerable=\"1\""), found);
        assertFalse(found.contains("<compression supported=\"1\""), found);
    }

    @Test
    @RequiresPeer({"tmux", "tt++"})
    void tinTinPlaysOverTls() throws Exception {
        for (String service : List.of("telnet-tls", "telnet")) {
            try (Terminal tintin = Terminal.run(Programs.path("tt++"), "-G")) {
                tintin.type("#ssl game 127.0.0.1 " + port(service));
                tintin.expect("create NAME");
                tintin.type("guest").expect("Welcome");
                tintin.type("say good evening").expect("You say, \"good evening\"");
                tintin.type("options").expect("client: TinTin++ (NEW-ENVIRON)");
            }
        }
    }

    @Test
    @RequiresPeer("openssl")
    void replacedCertificateIsServedWithoutARestartAndOldSessionsGoOn() throws Exception {
        try (Distribution other = Distribution.inNewHome().start();
                SClient before = client(other, "telnet-tls", "-tls1_3")) {
            before.expect("create NAME");
            Path folder = other.home().resolve("etc/tls");
            OpenSsl openssl = new OpenSsl(folder);
            openssl.pair("-algorithm RSA -pkeyopt rsa_keygen_bits:2048", "new.key", "new.crt");
            Files.setPosixFilePermissions(
                    folder.resolve("new.key"), PosixFilePermissions.fromString("rw-------"));
            for (String file : List.of("key", "crt")) {
                Files.move(
                        folder.resolve("new." + file),
                        folder.resolve("server." + file),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            String wanted = openssl.run("x509 -in server.crt -noout -serial").strip();
            Wait.until(
                    "the new certificate",
                    Duration.ofSeconds(10),
                    () -> served(other).contains(wanted));
            before.type("guest").expect("Welcome");
        }
    }

    private static String served(Distribution portal) throws Exception {
        Process client =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "openssl s_client -connect 127.0.0.1:"
                                        + portal.port("telnet-tls")
                                        + " </dev/null 2>/dev/null | openssl x509 -noout -serial")
                        .start();
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private int port(String service) {
        return portal.port(service);
    }

    private SClient client(String service, String options) throws IOException {
        return client(portal, service, options);
    }

    private static SClient client(Distribution portal, String service, String options)
            throws IOException {
        Path certificate = portal.home().resolve("etc/tls/server.crt");
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-nocommands"));
        if (options.equals("-tls1_2")) {
            command.removeLast(); // "R" is one
        }
        command.addAll(List.of("-connect", "127.0.0.1:" + portal.port(service)));
        command.addAll(List.of("-CAfile", certificate.toString(), "-verify_return_error"));
        command.addAll(List.of("-verify_hostname", "localhost"));
        command.addAll(List.of(options.split(" ", -1)));
        return new SClient(command);
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    /** What a pattern finds, its groups with a blank between. */
    private static List<String> all(Pattern pattern, String text) {
        List<String> all = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            all.add(
                    matcher.groupCount() == 1
                            ? matcher.group(1)
                            : matcher.group(1) + " " + matcher.group(2));
        }
        return all;
    }

    /** {@code openssl s_client}, typed into. */
    private static final class SClient implements AutoCloseable {
        private final Process process;
        private final StringBuilder said = new StringBuilder();

        SClient(List<String> command) throws IOException {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try (var in = process.inputReader(StandardCharsets.ISO_8859_1)) {
                                    for (int c = in.read(); c >= 0; c = in.read()) {
                                        synchronized (said) {
                                            said.append((char) c);
                                        }
                                    }
                                } catch (IOException e) {
                                    // it has ended
                                }
                            });
        }

        SClient type(String line) throws IOException {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
            return this;
        }

        SClient expect(String words) {
            Wait.until(
                    words + " after " + said(),
                    Duration.ofSeconds(15),
                    () -> said().contains(words));
            return this;
        }

        String said() {
            synchronized (said) {
                return said.toString();
            }
        }

        int exit() throws InterruptedException {
            return process.waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
