package lychgate.evennia;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Evennia's Server as a local process, started as Evennia's launcher starts it: by {@code twistd},
 * which daemonizes and writes {@code server/server.pid}. Its output goes to the game's own log.
 */
public final class EvenniaServer implements GameServer {
    private static final Logger log = LoggerFactory.getLogger(EvenniaServer.class);

    private static final String FINDS_EVENNIA =
            "import importlib.util as u; print(u.find_spec('evennia').origin)";

    private static final long OWN_PID = ProcessHandle.current().pid();

    /** Part of the command line of every Server, whoever started it. */
    private static final String PROGRAM = "server.py";

    /**
     * Parts of the command line of a portal, Evennia's or ours. Ours includes one that stands
     * before the jars, since the system shows only the first page of a long command line.
     */
    private static final List<String> PORTALS =
            List.of("portal/portal.py", "-Dlychgate.home=", "lychgate.cli.Main");

    private static final String PROFILE = "--profile=";

    /** Timeout for Python, and then for twistd. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    private final Path gameDir;
    private final Path python;
    private final Path portalPid;
    private final Path logs;
    private final Duration patience;

    /**
     * @param gameDir the game's folder
     * @param python the Python in which Evennia is installed, {@code twistd} beside it; null: the
     *     first on the path
     */
    public EvenniaServer(Path gameDir, @Nullable Path python) {
        this(gameDir, python, START_TIMEOUT);
    }

    /** With another timeout for Python and twistd. */
    EvenniaServer(Path gameDir, @Nullable Path python, Duration patience) {
        this.patience = patience;
        this.gameDir = gameDir.toAbsolutePath();
        this.python = python == null ? onThePath() : python.toAbsolutePath();
        this.portalPid = this.gameDir.resolve("server/portal.pid");
        this.logs = this.gameDir.resolve("server/logs");
    }

    /** Also writes the portal's process number, for {@code evennia kill} and the like. */
    @Override
    public @Nullable Long open() throws IOException {
        if (!GamePython.isGame(gameDir)) {
            throw new IOException(
                    "evennia.game_dir "
                            + gameDir
                            + " is no game: there is no server/conf/settings.py in it");
        }
        if (!Files.isExecutable(python) || !Files.isExecutable(python.resolveSibling("twistd"))) {
            throw new IOException(
                    "evennia.python "
                            + python
                            + " cannot be run, or has no twistd beside it: name the Python in"
                            + " which Evennia is installed");
        }
        Long other = pid(portalPid);
        if (other != null && other != OWN_PID && isPortal(other)) {
            throw new IOException(
                    "evennia.game_dir "
                            + gameDir
                            + " has a portal already, process "
                            + other
                            + ": stop that first");
        }
        try {
            Files.writeString(portalPid, Long.toString(OWN_PID));
        } catch (IOException e) {
            throw new IOException(
                    portalPid + " cannot be written: the game must be this user's own", e);
        }
        Long running = pid(pidFile());
        return running != null && runs(running) ? running : null;
    }

    @Override
    public void close() {
        try {
            Long portal = pid(portalPid);
            if (portal != null && portal == OWN_PID) {
                Files.delete(portalPid);
            }
        } catch (IOException e) {
            log.warn("could not delete {}: {}", portalPid, e.getMessage());
        }
    }

    @Override
    public boolean runs(long pid) {
        return isAlive(pid) && command(pid).map(line -> line.contains(PROGRAM)).orElse(true);
    }

    @Override
    public OptionalLong owner() {
        try {
            return Files.getAttribute(gameDir, "unix:uid") instanceof Integer uid
                    ? OptionalLong.of(Integer.toUnsignedLong(uid))
                    : OptionalLong.empty();
        } catch (IOException | UnsupportedOperationException e) {
            log.debug("could not read the owner of {}", gameDir, e);
            return OptionalLong.empty();
        }
    }

    /** Whether it is Evennia's Portal, or another of ours. */
    private static boolean isPortal(long pid) {
        return isAlive(pid)
                && command(pid)
                        .filter(line -> PORTALS.stream().anyMatch(line::contains))
                        .isPresent();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() && !isZombie(pid);
    }

    /**
     * The command line. After a restart of a machine or container, the number may be another
     * program's.
     */
    private static Optional<String> command(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().commandLine());
    }

    /**
     * Whether it has died and not been reaped by its parent, which in a container may never happen.
     */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false; // it has just gone, or this is not Linux
        }
    }

    @Override
    public long start(List<String> options) throws IOException {
        Path evennia = evennia();
        Path pidFile = pidFile();
        Path logFile = Files.createDirectories(logs).resolve("server.log");
        deleteStale(pidFile);
        List<String> command = new ArrayList<>();
        command.add(python.resolveSibling("twistd").toString());
        command.add("--python=" + evennia.resolve("server/server.py"));
        command.add("--logger=evennia.utils.logger.GetServerLogObserver");
        command.add("--pidfile=" + pidFile);
        options.stream().filter(this::isHarmless).forEach(command::add);
        ProcessBuilder builder = builder(command);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("DJANGO_SETTINGS_MODULE", "server.conf.settings");
        environment.put("PYTHONPATH", gameDir + File.pathSeparator + evennia.getParent());
        int exit = run(builder.start());
        if (exit != 0) {
            throw new IOException("twistd ended with " + exit + "; " + logFile + " says why");
        }
        Long started = pid(pidFile);
        if (started == null) {
            throw new IOException("twistd has left no " + pidFile + "; " + logFile + " says why");
        }
        return started;
    }

    /**
     * Anyone who reaches the port can send any option, so a profile may only be written among the
     * game's logs.
     */
    private boolean isHarmless(String option) {
        if (!option.startsWith(PROFILE)) {
            return true;
        }
        Path profile = gameDir.resolve(option.substring(PROFILE.length())).normalize();
        boolean harmless = profile.startsWith(logs);
        if (!harmless) {
            log.warn("launcher's --profile refused: profiles are only written below {}", logs);
        }
        return harmless;
    }

    /**
     * Deletes the process number left by a dead Server: twistd takes a zombie for a live process.
     */
    private void deleteStale(Path pidFile) throws IOException {
        Long old = pid(pidFile);
        if (old != null && runs(old)) {
            throw new IOException(
                    "a Server runs already, as process " + old + ", and does not connect here");
        }
        Files.deleteIfExists(pidFile);
    }

    static Path onThePath() {
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
            Path python = Path.of(folder, "python3");
            if (Files.isExecutable(python)) {
                return python.toAbsolutePath();
            }
        }
        return Path.of("/usr/bin/python3");
    }

    /** The file with the Server's process number. */
    private Path pidFile() {
        return gameDir.resolve("server/server.pid");
    }

    /** The folder of Evennia's own code. */
    private Path evennia() throws IOException {
        Process asked = builder(List.of(python.toString(), "-c", FINDS_EVENNIA)).start();
        int exit = run(asked);
        String origin = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Path folder = Path.of(origin.strip().lines().reduce("", (_, last) -> last)).getParent();
        if (exit != 0 || folder == null) {
            throw new IOException(
                    "evennia.python "
                            + python
                            + " has no Evennia: name one in which it is installed");
        }
        return folder;
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(gameDir.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.redirectErrorStream(true);
        builder.environment()
                .merge(
                        "PATH",
                        python.getParent() + "",
                        (path, own) -> own + File.pathSeparator + path);
        return builder;
    }

    private int run(Process process) throws IOException {
        try {
            if (!process.waitFor(patience)) {
                process.destroyForcibly();
                throw new IOException("it took longer than " + patience.toSeconds() + " seconds");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the portal is stopping", e);
        }
    }

    /** The process number in a file; null if the file is missing or holds none. */
    private static @Nullable Long pid(Path file) throws IOException {
        try {
            return Long.valueOf(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return null;
        } catch (NumberFormatException e) {
            log.warn("{} does not hold a process number, ignored", file);
            return null;
        }
    }
}
