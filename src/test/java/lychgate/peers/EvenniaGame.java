package lychgate.peers;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A new game of a real Evennia, in a folder of its own, with an account for its owner. Evennia is
 * installed by {@code .ci/run}, in a virtual environment below {@code ~/.cache/lychgate}; without
 * it a test is skipped, or fails with {@code -Dpeers=required}.
 */
public final class EvenniaGame implements AutoCloseable {
    static final String VERSION = "5.0.1";
    static final String OWNER = "owner";
    static final String PASSWORD = "owners-secret";

    /** How long its launcher may take, and its Server to start, which that does not wait for. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int ATTEMPTS = 5;

    private static final String PREPARES =
            """
            import os, sys
            sys.path.insert(0, os.getcwd())
            os.environ['DJANGO_SETTINGS_MODULE'] = 'server.conf.settings'
            import django, evennia
            django.setup()
            evennia._init()
            """;

    private static final String MAKES_OWNER =
            """
            from evennia.accounts.models import AccountDB
            AccountDB.objects.create_superuser(sys.argv[1], 'owner@example.org', sys.argv[2])
            """;

    private final Path folder;
    private final Path game;
    private final int port;

    private EvenniaGame(Path folder) throws IOException {
        this.folder = folder;
        this.game = folder.resolve("game");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            this.port = free.getLocalPort();
        }
    }

    /** Makes a game; takes some seconds. */
    public static EvenniaGame create() throws IOException {
        if (!Files.isExecutable(program("evennia"))) {
            String words = "not installed: Evennia " + VERSION + " (see .ci/run)";
            Assumptions.assumeTrue("required".equals(System.getProperty("peers")), words);
            throw new IllegalStateException(words);
        }
        EvenniaGame made = new EvenniaGame(Files.createTempDirectory("lychgate-evennia-"));
        made.run(made.folder, program("evennia").toString(), "--init", "game");
        Files.writeString(
                made.game.resolve("server/conf/settings.py"),
                "\nAMP_PORT = "
                        + made.port
                        + "\nWEBSERVER_ENABLED = False\nCREATION_THROTTLE_LIMIT = 100\n"
                        + "STATICFILES_FINDERS = []\n", // else each start collects them
                StandardOpenOption.APPEND);
        made.launcher("migrate");
        made.python(MAKES_OWNER, OWNER, PASSWORD);
        return made;
    }

    /** Runs a program of Python in the game, with Evennia at hand, and gives what it says. */
    public String python(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(python().toString(), "-c"));
        command.add(PREPARES + program);
        command.addAll(List.of(arguments));
        return run(game, command.toArray(String[]::new));
    }

    /** Where its Server looks for a portal. */
    int port() {
        return port;
    }

    public Path folder() {
        return game;
    }

    /** The Python in which Evennia is installed. */
    public static Path python() {
        return program("python3");
    }

    /** Runs Evennia's launcher and gives what it says. */
    public String launcher(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program("evennia").toString()));
        command.addAll(List.of(arguments));
        return run(game, command.toArray(String[]::new));
    }

    /** Puts text behind what is in one of its files. */
    public EvenniaGame append(String file, String text) throws IOException {
        Files.writeString(game.resolve(file), text, StandardOpenOption.APPEND);
        return this;
    }

    /**
     * Has the launcher start it; again where the machine is too busy for the launcher's patience.
     */
    public void start() {
        String said = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            said = launcher("start");
            if (said.contains("Evennia running.") || said.contains("already running")) {
                return;
            }
        }
        throw new AssertionError("Evennia does not start: " + said);
    }

    /** The process of its Server. */
    public long server() throws IOException {
        return Long.parseLong(Files.readString(game.resolve("server/server.pid")).strip());
    }

    /** Ends what runs of it and takes the game away. */
    @Override
    public void close() throws IOException {
        for (String pid : List.of("server/server.pid", "server/portal.pid")) {
            if (Files.exists(game.resolve(pid))) {
                long process = Long.parseLong(Files.readString(game.resolve(pid)).strip());
                ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private String run(Path where, String... command) {
        try {
            Path output = Files.createTempFile(folder, "said", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(where.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment() // where the launcher looks for twistd
                    .merge("PATH", "", (path, _) -> program("").toAbsolutePath() + ":" + path);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " does not end");
            }
            String said = Files.readString(output, StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed: " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Path program(String name) {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path root =
                cache == null || cache.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(cache);
        return root.resolve("lychgate/evennia-" + VERSION + "/bin/" + name);
    }
}
