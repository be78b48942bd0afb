package lychgate.peers;

import lychgate.nats.NatsServer;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A portal from {@code target/dist}, or another distribution, run as a process on free ports, in a
 * home of its own.
 */
public final class Distribution implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A second on a quiet machine, and more than half a minute on one where all build. */
    private static final Duration START = Duration.ofSeconds(90);

    private static final Pattern PORT = Pattern.compile("([a-z-]+): (\\d+)");

    /** Every port that the shipped configuration has. */
    private static final List<String> PORTS =
            List.of(
                    "telnet.port",
                    "telnet.tls.port",
                    "ssh.port",
                    "web.port",
                    "web.websocket_port",
                    "admin.port");

    private final Path binary;
    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> arguments = new ArrayList<>();
    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private final List<Thread> collectors = new ArrayList<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private @Nullable Process started;
    private @Nullable Path log;

    private Distribution(Path binary, Path home) {
        this.binary = binary;
        this.home = home;
    }

    /** A home that is empty; nothing runs yet. */
    static Distribution inNewHome() throws IOException {
        return inNewHome(binary());
    }

    /** The same of another distribution than that in {@code target/dist}. */
    public static Distribution inNewHome(Path binary) throws IOException {
        return new Distribution(binary, Files.createTempDirectory("lychgate-it-"));
    }

    /** With no service but telnet, on the loopback address. */
    public Distribution withTelnetOnly() {
        for (String service : List.of("telnet.tls", "ssh", "web")) {
            set(service + ".enabled=false");
        }
        return set("portal.interface=127.0.0.1");
    }

    /** As the portal of that number of a realm. */
    public Distribution inRealm(int number, List<NatsServer> servers) {
        List<String> urls = servers.stream().map(server -> '"' + server.url() + '"').toList();
        return set("nats.portal=" + number).set("nats.servers=" + urls);
    }

    /** Puts a file into the home. */
    public Distribution file(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /** Sets something on the command line. */
    public Distribution set(String setting) {
        arguments.addAll(List.of("--set", setting));
        return this;
    }

    /** Sets a variable of the environment. */
    public Distribution environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Has standard error written to a file of the home, however much that is. */
    public Distribution logToFile() {
        log = home.resolve("stderr.log");
        return this;
    }

    /** Starts it, without waiting. */
    Distribution launch() throws IOException {
        out.clear();
        err.clear();
        collectors.clear();
        List<String> command = new ArrayList<>(List.of(binary.toString(), "run"));
        command.addAll(List.of("--home", home.toString()));
        for (String port : PORTS) {
            if (!String.join(" ", arguments).contains(port + "=")) {
                command.addAll(List.of("--set", port + "=0"));
            }
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        if (log != null) {
            builder.redirectError(log.toFile());
        }
        started = builder.start();
        collectors.add(collect(started.getInputStream(), out));
        collectors.add(collect(started.getErrorStream(), err));
        return this;
    }

    /** Starts it, and waits until it is ready. */
    public Distribution start() throws IOException, InterruptedException {
        launch();
        Wait.until(
                "the portal to be ready; it said " + out() + err(),
                START,
                () -> out().contains("Lychgate is ready") || !process().isAlive());
        for (String line : out()) {
            Matcher port = PORT.matcher(line);
            if (port.matches()) {
                ports.put(port.group(1), Integer.valueOf(port.group(2)));
            }
        }
        return this;
    }

    /** Runs another of its commands on the home; what that writes to standard output. */
    public String command(String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(binary.toString()));
        line.addAll(List.of(command));
        line.addAll(List.of("--home", home.toString()));
        Process process =
                new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(line + " failed: " + said);
        }
        return said;
    }

    /** The port of a service. */
    public int port(String service) {
        Integer port = ports.get(service);
        if (port == null) {
            throw new IllegalStateException(service + " does not listen: " + out() + err());
        }
        return port;
    }

    /** Asks it to stop, and waits for its end; its exit. */
    public int terminate() throws InterruptedException {
        process().destroy();
        return exit();
    }

    /** Kills it, and waits for its end. */
    public void kill() throws InterruptedException {
        process().destroyForcibly();
        exit();
    }

    /** Waits for its end, and for its last words; its exit. */
    public int exit() throws InterruptedException {
        if (!process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the portal does not end");
        }
        for (Thread collector : collectors) {
            collector.join(PATIENCE); // for longer only if another process has its streams
        }
        return process().exitValue();
    }

    public boolean isAlive() {
        return process().isAlive();
    }

    /** SIGSTOP: it is there, and does nothing. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT: it goes on. */
    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    }

    /** Has it write what its threads do to standard output. */
    public void dumpThreads() throws IOException {
        new ProcessBuilder("kill", "-QUIT", Long.toString(pid())).start();
    }

    public long pid() {
        return process().pid();
    }

    public Path home() {
        return home;
    }

    /** What it has written to standard output. */
    public List<String> out() {
        synchronized (out) {
            return List.copyOf(out);
        }
    }

    /** What it has written to standard error. */
    List<String> err() {
        synchronized (err) {
            return List.copyOf(err);
        }
    }

    /** Every file of the home, with what is in it, as Latin-1. */
    Map<Path, String> files() throws IOException {
        Map<Path, String> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    @Override
    public void close() throws IOException {
        if (started != null) {
            started.destroyForcibly().onExit().join();
        }
        try (Stream<Path> all = Files.walk(home)) {
            all.sorted(Comparator.reverseOrder())
                    .forEach(
                            file -> {
                                try {
                                    Files.deleteIfExists(file);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }

    private Process process() {
        if (started == null) {
            throw new IllegalStateException("nothing has been started");
        }
        return started;
    }

    /** The start script that was built. */
    static Path binary() {
        return Path.of("target/dist/bin/lychgate").toAbsolutePath();
    }

    private static Thread collect(InputStream stream, List<String> lines) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            try (BufferedReader reader =
                                    new BufferedReader(
                                            new java.io.InputStreamReader(
                                                    stream, StandardCharsets.UTF_8))) {
                                for (String line = reader.readLine();
                                        line != null;
                                        line = reader.readLine()) {
                                    synchronized (lines) {
                                        lines.add(line);
                                    }
                                }
                            } catch (IOException e) {
                                // the process is gone
                            }
                        });
    }
}
