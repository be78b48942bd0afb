package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The process: start, output, exit. */
class DistributionIT {
    /** The class file version of Java 6. */
    private static final int JAVA_6 = 50;

    /** How long a stop may take: docs/operations.md promises it. */
    private static final Duration PROMISED = Duration.ofSeconds(5);

    private static final String MARKER = "marker-password-4711";

    /** Python: says each datagram that comes to a Unix socket. */
    private static final String LISTEN =
            """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1])
            print('bound')
            while True: print(s.recv(99).decode())
            """;

    @Test
    void startsSaysItsPortsAndEndsOnSigtermWithZero() throws Exception {
        InTime.once(PROMISED, DistributionIT::end);
    }

    /** How long the end takes. */
    private static Duration end() throws Exception {
        try (Distribution portal = Distribution.inNewHome().start();
                Socket client = connect(portal)) {
            assertEquals("Lychgate is ready", portal.out().getLast());
            assertEquals("telnet: " + portal.port("telnet"), portal.out().getFirst());
            readUntil(client, "create");
            long began = System.nanoTime();
            assertEquals(0, portal.terminate());
            Duration taken = Duration.ofNanos(System.nanoTime() - began);
            readUntil(client, "The gate closes");
            assertEquals(-1, drain(client));
            return taken;
        }
    }

    @Test
    void secondStartOnTheSameVarIsRefusedInOneSentence() throws Exception {
        try (Distribution first = Distribution.inNewHome().start();
                Distribution second = Distribution.inNewHome()) {
            Files.delete(second.home());
            Files.createSymbolicLink(second.home(), first.home());
            second.launch();
            assertEquals(1, second.exit());
            assertOneSentence(second, "A portal already runs on");
            Files.delete(second.home());
            Files.createDirectory(second.home());
        }
    }

    @Test
    void takenPortEndsTheStartWithOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0);
                Distribution portal = Distribution.inNewHome()) {
            portal.set("telnet.port=" + taken.getLocalPort()).launch();
            assertEquals(1, portal.exit());
            assertOneSentence(portal, "telnet.port");
        }
    }

    @Test
    void warningIsHeldBackUntilTheStartHasSucceeded() throws Exception {
        try (ServerSocket taken = new ServerSocket(0);
                Distribution portal = Distribution.inNewHome()) {
            portal.file("etc/mssp.toml", "UPTIME = \"long\"\n");
            portal.set("admin.port=" + taken.getLocalPort()).launch();
            assertEquals(1, portal.exit());
            assertOneSentence(portal, "admin.port");
            taken.close();
            portal.start();
            Wait.until(
                    "the warning",
                    Duration.ofSeconds(10),
                    () -> portal.err().toString().contains("UPTIME is ignored"));
        }
    }

    /** It takes no class of a signed jar, and none from before Java 6. */
    @Test
    void classCacheTakesTheClassesOfEveryLibrary() throws Exception {
        List<String> left = new ArrayList<>();
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(Path.of("target/dist/lib"), "*.jar")) {
            for (Path jar : jars) {
                try (JarFile in = new JarFile(jar.toFile(), false)) {
                    for (JarEntry entry : Collections.list(in.entries())) {
                        String name = entry.getName();
                        if (name.matches("META-INF/[^/]+\\.SF")
                                || (name.endsWith(".class") && version(in, entry) < JAVA_6)) {
                            left.add(jar + ": " + name);
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), left);
    }

    private static int version(JarFile jar, JarEntry entry) throws IOException {
        try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
            in.skipNBytes(6);
            return in.readUnsignedShort();
        }
    }

    @Test
    void accountsAreThereAgainAfterARestart() throws Exception {
        try (Distribution portal = Distribution.inNewHome().start()) {
            try (Socket client = connect(portal)) {
                send(client, "create rowan " + MARKER);
                readUntil(client, "Welcome");
            }
            assertEquals(0, portal.terminate());
            portal.start();
            try (Socket client = connect(portal)) {
                send(client, "connect rowan " + MARKER);
                readUntil(client, "Welcome");
            }
        }
    }

    @Test
    void passwordIsInNoFileAndNoLogHoweverMuchIsLogged() throws Exception {
        String everything =
                Files.readString(Path.of("etc/logback.xml"))
                        .replace("<root level=\"INFO\">", "<root level=\"TRACE\">");
        try (Distribution portal =
                Distribution.inNewHome().file("etc/logback.xml", everything).start()) {
            try (Socket client = connect(portal)) {
                send(client, "create alder " + MARKER);
                readUntil(client, "Welcome");
                send(client, "password");
                readUntil(client, "Your current password");
                send(client, MARKER);
                readUntil(client, "A new password");
                send(client, MARKER + "-new");
                readUntil(client, "again");
                send(client, MARKER + "-new");
                readUntil(client, "is changed");
                send(client, "quit");
                drain(client);
            }
            assertEquals(0, portal.terminate());
            assertFalse(portal.out().toString().contains(MARKER));
            assertFalse(portal.err().toString().contains(MARKER));
            portal.files()
                    .forEach(
                            (file, text) ->
                                    assertFalse(text.contains(MARKER), () -> file.toString()));
        }
    }

    /** Linux gives the process 300 descriptors: those kept for itself leave room for 44 players. */
    @Test
    @RequiresPeer("prlimit")
    void withoutDescriptorsNewcomersAreShownOutAndLaterLetInAgain() throws Exception {
        try (Distribution portal =
                Distribution.inNewHome()
                        .set("limits.connections_per_address=0")
                        .set("limits.connections_per_second_per_address=0")
                        .start()) {
            Process limit =
                    new ProcessBuilder("prlimit", "--nofile=300:300", "--pid=" + portal.pid())
                            .start();
            assertEquals(0, limit.waitFor());
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                clients.add(connect(portal));
            }
            try (Socket last = connect(portal)) {
                last.setSoTimeout(3_000);
                readOrReset(last);
            }
            for (Socket client : clients) {
                client.close();
            }
            Wait.until(
                    "room for a newcomer",
                    Duration.ofSeconds(10),
                    () -> {
                        try (Socket client = connect(portal)) {
                            return readOrReset(client).contains("create");
                        }
                    });
            assertEquals(0, portal.terminate());
        }
    }

    @Test
    void distributionRunsWhereverItIsCopied() throws Exception {
        Path elsewhere = Files.createTempDirectory("lychgate-copy-");
        Process copy =
                new ProcessBuilder("cp", "-r", "target/dist", elsewhere + "/a place").start();
        assertEquals(0, copy.waitFor());
        Process version =
                new ProcessBuilder(elsewhere + "/a place/bin/lychgate", "--version").start();
        String said = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, version.waitFor());
        assertTrue(said.startsWith("Lychgate 0."), said);
        assertEquals(0, new ProcessBuilder("rm", "-r", elsewhere.toString()).start().waitFor());
    }

    @Test
    void unitOfOneOfSeveralIsThatOfASingleOneInFoldersOfItsOwn() throws IOException {
        String single = Files.readString(Path.of("etc/systemd/lychgate.service"));
        String several = Files.readString(Path.of("etc/systemd/lychgate@.service"));
        String expected =
                single.replaceAll("(/(?:var/lib|etc)/lychgate)(?= |\\n)", "$1/%i")
                        .replaceAll("((?:State|Configuration)Directory=lychgate)", "$1/%i")
                        .replace(
                                "EnvironmentFile=-/etc/default/lychgate\n",
                                """
                                EnvironmentFile=-/etc/default/lychgate
                                EnvironmentFile=-/etc/default/lychgate-%i
                                """);
        assertEquals(settings(expected), settings(several));
    }

    /** The lines of a unit, without comments and what it is called. */
    private static List<String> settings(String unit) {
        return unit.lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("Description="))
                .toList();
    }

    @Test
    @RequiresPeer("systemd-analyze")
    void systemdFindsTheServiceWellEnclosed() throws Exception {
        Process analysis =
                new ProcessBuilder(
                                "systemd-analyze",
                                "security",
                                "--offline=true",
                                "--threshold=20",
                                "etc/systemd/lychgate.service")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(analysis.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, analysis.waitFor(), said); // exposure 2.0 at most
    }

    @Test
    @RequiresPeer("python3")
    void systemdIsToldOnceThatItIsReadyAndThatItStops() throws Exception {
        Path folder = Files.createTempDirectory("lychgate-notify-");
        Path socket = folder.resolve("notify");
        Process listener = new ProcessBuilder("python3", "-uc", LISTEN, socket.toString()).start();
        try (BufferedReader heard =
                        new BufferedReader(
                                new InputStreamReader(
                                        listener.getInputStream(), StandardCharsets.UTF_8));
                Distribution portal = Distribution.inNewHome()) {
            assertEquals("bound", heard.readLine());
            portal.environment("NOTIFY_SOCKET", socket.toString())
                    .environment("WATCHDOG_USEC", "400000")
                    .start();
            assertEquals("READY=1", heard.readLine());
            assertEquals("WATCHDOG=1", heard.readLine());
            assertEquals("WATCHDOG=1", heard.readLine());
            portal.terminate();
            String last = heard.readLine();
            while (last.equals("WATCHDOG=1")) {
                last = heard.readLine();
            }
            assertEquals("STOPPING=1", last);
        } finally {
            listener.destroyForcibly();
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
    }

    private static void assertOneSentence(Distribution portal, String words) {
        assertEquals(List.of(), portal.out());
        assertEquals(1, portal.err().size(), () -> portal.err().toString());
        assertTrue(portal.err().getFirst().contains(words), () -> portal.err().toString());
    }

    private static Socket connect(Distribution portal) throws IOException {
        Socket socket = new Socket();
        socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), portal.port("telnet")));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void readUntil(Socket client, String words) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(words) < 0) {
            int b = client.getInputStream().read();
            assertTrue(b >= 0, () -> words + " did not come, but " + read);
            read.append((char) b);
        }
    }

    /** What a client is told within a moment; empty where the connection is not even accepted. */
    private static String readOrReset(Socket client) {
        StringBuilder read = new StringBuilder();
        try {
            client.setSoTimeout(1_000);
            int b = client.getInputStream().read();
            while (b >= 0) {
                read.append((char) b);
                b = client.getInputStream().read();
            }
        } catch (IOException e) {
            // nothing more came
        }
        return read.toString();
    }

    /** Reads to the end, which is -1. */
    private static int drain(Socket client) throws IOException {
        int b = client.getInputStream().read();
        while (b >= 0) {
            b = client.getInputStream().read();
        }
        return b;
    }
}
