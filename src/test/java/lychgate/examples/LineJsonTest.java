package lychgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.oob.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** The example of a protocol of one's own, as a jar in the plugins of a portal. */
class LineJsonTest {
    private static final String PROMPT = "[\"prompt\",[\"> \"],{}]";
    private static final int PATIENCE_MILLIS = 20_000;

    private final List<String> announced = new ArrayList<>();
    private final Path home;

    LineJsonTest(@TempDir Path home) {
        this.home = home;
    }

    @Test
    void pluginIsListedBehindTheOwnServices() throws Exception {
        try (AutoCloseable portal = start(Map.of())) {
            assertEquals(
                    List.of("telnet", "line-json", "Lychgate is ready"),
                    announced.stream().map(line -> line.replaceAll(": \\d+$", "")).toList());
            assertTrue(port() > 0);
        }
    }

    @Test
    void clientPlaysTheGame() throws Exception {
        try (AutoCloseable portal = start(Map.of());
                Client client = new Client(port())) {
            assertTrue(client.reads().startsWith("[\"text\",[\""), "the login screen");
            assertEquals(PROMPT, client.reads());

            client.sends("[\"text\",[\"guest\"],{}]");
            assertEquals(
                    "[\"text\",[\"Welcome, guest1. Type help to see what can be done here.\"],{}]",
                    client.reads());
            assertTrue(client.reads().startsWith("[\"text\",[\"The Lychgate\\nA roofed gate"));
            assertEquals(
                    "[\"room_info\",[],{\"num\":1,\"name\":\"The Lychgate\","
                            + "\"area\":\"Gatehouse\",\"exits\":{\"north\":2}}]",
                    client.reads());
            assertEquals(PROMPT, client.reads());

            client.sends("[\"echo\",[\"x\"],{}]");
            assertEquals("[\"text\",[\"Echo returns: [\\\"x\\\"], {}\"],{}]", client.reads());

            client.sends("[\"text\",[\"quit\"],{}]");
            assertEquals(
                    "[\"disconnect\",[\"The lantern swings behind you. Farewell!\"],{}]",
                    client.reads());
            client.readsTheEnd();
        }
    }

    @Test
    void clientPlaysOverTlsWithTheCertificateOfThePortal() throws Exception {
        try (AutoCloseable portal = start(Map.of("plugins.line-json.tls", "true"));
                Client client = new Client(secured())) {
            assertTrue(client.reads().startsWith("[\"text\",[\""), "the login screen");
            assertEquals(PROMPT, client.reads());
            client.sends("[\"text\",[\"quit\"],{}]");
            client.readsUntil("[\"disconnect\",[\"The lantern swings behind you. Farewell!\"],{}]");
            client.readsTheEnd();
        }
    }

    @Test
    void clientThatDoesNotFinishTheHandshakeNeverHasASession() throws Exception {
        try (AutoCloseable portal =
                        start(
                                Map.of(
                                        "plugins.line-json.tls",
                                        "true",
                                        "limits.tls_handshake_seconds",
                                        "1"));
                Client client = new Client(port())) {
            client.readsNoCommandUntilTheEnd();
        }
    }

    @Test
    void whatIsNoCommandIsPassedOver() throws Exception {
        try (AutoCloseable portal = start(Map.of());
                Client client = new Client(port())) {
            client.readsUntil(PROMPT);
            for (String bad :
                    List.of(
                            "",
                            "hello",
                            "{}",
                            "[]",
                            "[\"\",[],{}]",
                            "[1,[],{}]",
                            "[\"ping\",{},[]]")) {
                client.sends(bad);
            }
            client.sends("[\"ping\",[],{}]");
            assertEquals("[\"ping\",[],{}]", client.reads());
        }
    }

    @Test
    void nothingThatCouldActOnATerminalReachesTheGame() throws Exception {
        try (AutoCloseable portal = start(Map.of());
                Client client = new Client(port())) {
            client.readsUntil(PROMPT);
            client.sends("[\"text\",[\"guest\"],{}]");
            client.readsUntil(PROMPT);
            client.sends("[\"text\",[\"echo a\\u001b[31mb\\u202ec\\r\\nd\\u0007\"],{}]");
            assertEquals("[\"text\",[\"a[31mbcd\"],{}]", client.reads());
            assertEquals(PROMPT, client.reads());
            client.sends("[\"fo\\u0007o\",[\"a\\u001b\\u0085\"],{\"k\\u0000\":[\"\\u2066b\"]}]");
            client.sends("[\"text\",[\"received\"],{}]");
            assertEquals("[\"foo\",[\"a\"],{\"k\":[\"b\"]}]", client.text(client.reads()));
        }
    }

    @Test
    void clientThatGoesIsSeenToGo() throws Exception {
        try (AutoCloseable portal = start(Map.of());
                Client watcher = new Client(port())) {
            watcher.readsUntil(PROMPT);
            try (Client client = new Client(port())) {
                client.readsUntil(PROMPT);
                client.sends("[\"text\",[\"guest\"],{}]");
                client.readsUntil(PROMPT);
            }
            String who;
            do { // as soon as the portal has noticed
                watcher.sends("[\"text\",[\"who\"],{}]");
                who = watcher.text(watcher.reads());
                watcher.readsUntil(PROMPT);
            } while (!who.equals("Nobody is here."));
        }
    }

    @Test
    void portalThatStopsSaysGoodbye() throws Exception {
        AutoCloseable portal = start(Map.of());
        try (Client client = new Client(port())) {
            client.readsUntil(PROMPT);
            portal.close();
            assertEquals(
                    "[\"disconnect\",[\"The gate closes for now. Please come again.\"],{}]",
                    client.reads());
            client.readsTheEnd();
        }
    }

    @Test
    void pluginThatIsSwitchedOffIsNotListed() throws Exception {
        try (AutoCloseable portal = start(Map.of("plugins.line-json.enabled", "false"))) {
            assertFalse(announced.stream().anyMatch(line -> line.startsWith("line-json")));
            assertEquals("Lychgate is ready", announced.getLast());
        }
    }

    private AutoCloseable start(Map<String, String> more) throws Exception {
        Files.createDirectories(home.resolve("plugins"));
        writeJar(home.resolve("plugins").resolve("line-json.jar"));
        Map<String, String> settings = new HashMap<>(more);
        settings.put("portal.interface", "127.0.0.1");
        settings.put("telnet.port", "0");
        settings.put("admin.enabled", "false");
        settings.put("telnet.tls.enabled", "false");
        settings.put("ssh.enabled", "false");
        settings.put("web.enabled", "false");
        settings.put("plugins.line-json.port", "0");
        settings.put("limits.commands_per_second", "0");
        return RunningPortal.start(home, settings, announced::add);
    }

    /** A connection over TLS that trusts the certificate of the portal and no other. */
    private SSLSocket secured() throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(home.resolve("etc/tls/server.crt"))) {
            trusted.setCertificateEntry(
                    "portal", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port());
        socket.startHandshake();
        return socket;
    }

    private int port() {
        return announced.stream()
                .filter(line -> line.startsWith("line-json: "))
                .mapToInt(line -> Integer.parseInt(line.substring("line-json: ".length())))
                .findFirst()
                .orElseThrow();
    }

    /** The jar that the build makes of the example. */
    private static void writeJar(Path jar) throws IOException {
        Path classes = Path.of("target/test-classes");
        Path resources = Path.of("src/examples/resources/line-json");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            add(out, classes, classes.resolve("lychgate/examples/linejson"));
            add(out, resources, resources);
        }
    }

    private static void add(JarOutputStream jar, Path root, Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(root.relativize(file).toString()));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
    }

    /** A client of the protocol. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;

        Client(int port) throws IOException {
            this(new Socket(InetAddress.getLoopbackAddress(), port));
        }

        Client(Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(PATIENCE_MILLIS);
            lines =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void sends(String line) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        String reads() throws IOException {
            String line = lines.readLine();
            if (line == null) {
                throw new AssertionError("the connection has ended");
            }
            return line;
        }

        void readsUntil(String last) throws IOException {
            while (!reads().equals(last)) {
                // not yet
            }
        }

        /** An alert of TLS may come. */
        void readsNoCommandUntilTheEnd() throws IOException {
            assertFalse(lines.lines().anyMatch(line -> line.contains("[")));
        }

        void readsTheEnd() throws IOException {
            assertNull(lines.readLine());
        }

        /** The words of a text. */
        String text(String line) throws Exception {
            List<?> command = assertInstanceOf(List.class, Json.read(line));
            assertEquals("text", command.getFirst());
            return String.valueOf(assertInstanceOf(List.class, command.get(1)).getFirst());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
