package lychgate.nats;

import static org.junit.jupiter.api.Assertions.fail;

import lychgate.testing.Await;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real nats-server, in a process of its own, on a free port of the loopback address. If none is
 * installed, the test is skipped, or fails with {@code -Dpeers=required}.
 */
public final class NatsServer implements AutoCloseable {
    private static final Pattern VERSION = Pattern.compile("v([0-9]+)\\.([0-9]+)\\.([0-9]+)");

    private final Path program;
    private final int port;
    private final Path folder;
    private @Nullable Process process;

    private NatsServer(Path program, int port, String config) throws IOException {
        this.program = program;
        this.port = port;
        this.folder = Files.createTempDirectory("nats");
        configure(config);
    }

    /** The newest that is installed. */
    public static Path newest() {
        return installed().lastEntry().getValue();
    }

    /** The oldest that is installed: where Debian's is, that one. */
    public static Path debian() {
        return installed().firstEntry().getValue();
    }

    /** The newest, without a configuration. */
    public static NatsServer started() {
        return started(newest(), "");
    }

    /**
     * A server that accepts connections.
     *
     * @param config what stands in its configuration, but for the port
     */
    public static NatsServer started(Path program, String config) {
        return notStarted(program, config).start();
    }

    /** A port at which there is no server, before {@link #start}. */
    public static NatsServer notStarted() {
        return notStarted(newest(), "");
    }

    /** A server that has its port and its configuration, and is not running. */
    public static NatsServer notStarted(Path program, String config) {
        try {
            return new NatsServer(program, freePort(), config);
        } catch (IOException e) {
            return fail(e);
        }
    }

    /**
     * Two servers that pass messages on to each other.
     *
     * @param config of both
     */
    public static List<NatsServer> cluster(Path program, String config) {
        try {
            int one = freePort();
            int other = freePort();
            List<NatsServer> both =
                    List.of(
                            notStarted(program, config + clustered("a", one, other)),
                            notStarted(program, config + clustered("b", other, one)));
            both.forEach(NatsServer::start);
            both.forEach(
                    server ->
                            Await.until(
                                    "a cluster",
                                    () -> server.log().contains("Route connection created")));
            return both;
        } catch (IOException e) {
            return fail(e);
        }
    }

    /**
     * Two servers of a cluster that do not find each other: all runs as usual at each of them.
     *
     * @param route where the last looks for the first
     * @param listening where the first would be found
     */
    public static List<NatsServer> partitioned(int route, int listening) {
        try {
            NatsServer one = notStarted(newest(), alone("a", listening));
            NatsServer other = notStarted(newest(), clustered("b", freePort(), route));
            one.start();
            other.start();
            return List.of(one, other);
        } catch (IOException e) {
            return fail(e);
        }
    }

    private static String alone(String name, int own) {
        return """
        server_name: %s
        cluster { name: test, listen: "127.0.0.1:%d" }
        """
                .formatted(name, own);
    }

    private static String clustered(String name, int own, int other) {
        return """
        server_name: %s
        cluster { name: test, listen: "127.0.0.1:%d", routes: ["nats://127.0.0.1:%d"] }
        """
                .formatted(name, own, other);
    }

    /** Starts it, again or for the first time, on its port. */
    public NatsServer start() {
        try {
            Files.deleteIfExists(logFile());
            process =
                    new ProcessBuilder(
                                    program.toString(),
                                    "-c",
                                    folder.resolve("nats.conf").toString(),
                                    "-l",
                                    logFile().toString())
                            .redirectErrorStream(true)
                            .redirectOutput(outFile().toFile())
                            .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            Await.until("a nats-server", this::accepts);
            return this;
        } catch (IOException e) {
            return fail(e);
        }
    }

    /** Changes its configuration, from the next start on. */
    public void configure(String config) {
        try {
            Files.writeString(
                    folder.resolve("nats.conf"), "listen: \"127.0.0.1:" + port + "\"\n" + config);
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Where it listens, or will. */
    public int port() {
        return port;
    }

    /** Its URL, as in {@code nats.servers}. */
    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** SIGKILL: it ends at once, and says nothing to its clients. */
    public void kill() {
        end(running().destroyForcibly());
    }

    /** SIGTERM: it ends in order. */
    public void stop() {
        running().destroy();
        end(running());
    }

    /** SIGSTOP: it is there, and does nothing. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT: it goes on. */
    public void thaw() {
        signal("CONT");
    }

    /** What it has logged since its last start. */
    public String log() {
        try {
            return Files.readString(outFile())
                    + (Files.exists(logFile()) ? Files.readString(logFile()) : "");
        } catch (IOException e) {
            return fail(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }

    /** What it says of a configuration that it does not take. */
    private Path outFile() {
        return folder.resolve("nats.out");
    }

    private Path logFile() {
        return folder.resolve("nats.log");
    }

    private Process running() {
        return process == null ? fail("not started") : process;
    }

    private void signal(String name) {
        try {
            end(new ProcessBuilder("kill", "-" + name, Long.toString(running().pid())).start());
        } catch (IOException e) {
            fail(e);
        }
    }

    private static void end(Process ending) {
        try {
            if (!ending.waitFor(Await.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                fail("does not end: " + ending.info());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    private boolean accepts() {
        if (!running().isAlive()) {
            return fail("nats-server has ended: " + log());
        }
        try (Socket tried = new Socket()) {
            tried.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return tried.getInputStream().read() == 'I'; // INFO: it is no other program
        } catch (IOException e) {
            return false;
        }
    }

    /** A port of the loopback address at which nobody listens now. */
    public static int freePort() throws IOException {
        try (ServerSocket tried = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return tried.getLocalPort();
        }
    }

    /** Each that is installed, by version. */
    private static NavigableMap<List<Integer>, Path> installed() {
        NavigableMap<List<Integer>, Path> found =
                new TreeMap<>(
                        Comparator.<List<Integer>>comparingInt(v -> v.get(0))
                                .thenComparingInt(v -> v.get(1))
                                .thenComparingInt(v -> v.get(2)));
        String path =
                System.getenv().getOrDefault("PATH", "")
                        + ":/usr/sbin:"
                        + Path.of("target/peers/bin").toAbsolutePath(); // see .ci/run
        for (String folder : path.split(":", -1)) {
            Path program = Path.of(folder, "nats-server");
            if (Files.isExecutable(program)) {
                found.putIfAbsent(version(program), program);
            }
        }
        if (found.isEmpty()) {
            Assumptions.assumeTrue(
                    "required".equals(System.getProperty("peers")), "not installed: nats-server");
            fail("not installed: nats-server");
        }
        return found;
    }

    private static List<Integer> version(Path program) {
        try {
            Process asked = new ProcessBuilder(program.toString(), "--version").start();
            String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher version = VERSION.matcher(said);
            if (!version.find()) {
                return fail(program + " says: " + said);
            }
            List<Integer> numbers = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                numbers.add(Integer.valueOf(version.group(i)));
            }
            return numbers;
        } catch (IOException e) {
            return fail(e);
        }
    }
}
