package lychgate.evennia;

import lychgate.oob.Json;
import lychgate.oob.MalformedException;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Python in which a game's Evennia is installed. A game's settings are a program, so only it
 * can say what they are; it is run as the user who asks, in the game's folder, as Evennia runs it.
 */
public final class GamePython {
    /** Timeout. Evennia takes five seconds from a cold disk. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /**
     * Limit on what it prints. The settings are 10 KB; a game's own settings module may print, too.
     */
    private static final int MAX_BYTES = 1 << 20;

    /**
     * Prints the named settings on the last line, since a game's settings may print something
     * themselves. A value that JSON does not know is shown as Python shows it.
     */
    private static final String PRINTS_SETTINGS =
            """
            import json, os, sys
            sys.path.insert(0, os.getcwd())
            os.environ['DJANGO_SETTINGS_MODULE'] = 'server.conf.settings'
            names = json.loads(sys.stdin.read())
            from django.conf import settings
            from evennia import settings_default as usual
            values = {name: getattr(settings, name) for name in names if hasattr(settings, name)}
            changed = [name for name in values if values[name] != getattr(usual, name, None)]
            print()
            print(json.dumps({'values': values, 'changed': changed}, default=repr))
            """;

    /** A line of a traceback that says where. */
    private static final Pattern TRACE = Pattern.compile("\\s*File \"(.*)\", line ([0-9]+).*");

    private final Path program;
    private final Duration patience;

    private GamePython(Path program, Duration patience) {
        this.program = program;
        this.patience = patience;
    }

    /** That very program. */
    public static GamePython at(Path program) {
        return at(program, TIMEOUT);
    }

    /** That very program, which must answer in that time. */
    static GamePython at(Path program, Duration patience) {
        return new GamePython(program.toAbsolutePath().normalize(), patience);
    }

    /** The one that is named, or else the one that is found; null where there is none. */
    public static @Nullable GamePython find(
            @Nullable Path named, Path gameDir, Map<String, String> environment)
            throws IOException {
        return named == null ? find(gameDir, environment) : at(named);
    }

    /**
     * Looks for it: the virtual environment that is active, then one that lies in the game's folder
     * or beside it, then the path. It is one with a {@code twistd}, with which the Server runs.
     *
     * @return null where there is none
     */
    public static @Nullable GamePython find(Path gameDir, Map<String, String> environment)
            throws IOException {
        List<Path> folders = new ArrayList<>();
        String active = environment.get("VIRTUAL_ENV");
        if (active != null) {
            folders.add(Path.of(active, "bin"));
        }
        folders.addAll(virtualEnvironments(gameDir));
        Path parent = gameDir.getParent();
        if (parent != null) {
            folders.addAll(virtualEnvironments(parent));
        }
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty()) {
                folders.add(Path.of(folder));
            }
        }
        for (Path folder : folders) {
            if (Files.isExecutable(folder.resolve("python3"))
                    && Files.isExecutable(folder.resolve("twistd"))) {
                return at(folder.resolve("python3"));
            }
        }
        return null;
    }

    private static List<Path> virtualEnvironments(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> Files.isRegularFile(each.resolve("pyvenv.cfg")))
                    .sorted()
                    .map(each -> each.resolve("bin"))
                    .toList();
        } catch (AccessDeniedException e) {
            return List.of(); // not readable by this user, and neither is its content
        }
    }

    /** Where it is. */
    public Path program() {
        return program;
    }

    /** Whether a folder is an Evennia game's. */
    static boolean isGame(Path folder) {
        return Files.isRegularFile(folder.resolve("server/conf/settings.py"));
    }

    /**
     * Makes sure that a folder is an Evennia game's.
     *
     * @throws IOException if it is not: the message is one sentence for the operator
     */
    public static void requireGame(Path gameDir) throws IOException {
        if (!isGame(gameDir)) {
            throw new IOException(
                    gameDir + " is no game: there is no server/conf/settings.py in it.");
        }
    }

    /**
     * Asks for settings.
     *
     * @param names of the settings; one that the game does not know is left out
     * @throws IOException if they cannot be had: the message is one sentence for the operator
     */
    public GameSettings settings(Path gameDir, Collection<String> names) throws IOException {
        requireGame(gameDir);
        List<String> said = run(gameDir, Json.write(List.copyOf(names)));
        try {
            return GameSettings.parse(said.getLast());
        } catch (MalformedException e) {
            throw new IOException(program + " does not say what the game's settings are.", e);
        }
    }

    private byte[] read(Process process, AtomicBoolean late) throws IOException {
        try {
            return process.getInputStream().readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw late.get() ? tooLate() : e; // who ends it closes the stream
        }
    }

    private IOException tooLate() {
        return new IOException(
                "The game's settings could not be read within "
                        + patience.toSeconds()
                        + " seconds.");
    }

    /** Runs the script and gives the lines that it has printed, one at least. */
    private List<String> run(Path gameDir, String input) throws IOException {
        Process process;
        try {
            process =
                    new ProcessBuilder(program.toString(), "-c", PRINTS_SETTINGS)
                            .directory(gameDir.toFile())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            throw new IOException(
                    program
                            + " cannot be run: name the Python in which Evennia is installed"
                            + " with --python.",
                    e);
        }
        AtomicBoolean late = new AtomicBoolean();
        CompletableFuture<Void> givenUp =
                CompletableFuture.runAsync(
                        () -> {
                            late.set(true); // before it is killed, so that the reason is known
                            end(process);
                        },
                        CompletableFuture.delayedExecutor(
                                patience.toMillis(), TimeUnit.MILLISECONDS));
        try {
            try (OutputStream question = process.getOutputStream()) {
                question.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // it ended before it was asked, and has printed why
            }
            byte[] printed = read(process, late);
            if (printed.length > MAX_BYTES) {
                throw new IOException(
                        "The game's settings print more than " + MAX_BYTES + " bytes.");
            }
            List<String> lines =
                    new String(printed, StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank())
                            .toList();
            int exit = process.waitFor();
            if (late.get()) {
                throw tooLate();
            }
            if (exit != 0 || lines.isEmpty()) {
                throw new IOException(
                        "The game's settings cannot be read by "
                                + program
                                + " ("
                                + (lines.isEmpty() ? "exit " + exit : complaint(lines))
                                + "): correct them, or name the Python in which Evennia is"
                                + " installed with --python.");
            }
            return lines;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The import was interrupted.", e);
        } finally {
            givenUp.cancel(false);
            end(process);
        }
    }

    /** The last line of an error output, with the place of the error. */
    private static String complaint(List<String> lines) {
        String where =
                lines.stream()
                        .map(TRACE::matcher)
                        .filter(Matcher::matches)
                        .map(trace -> trace.group(1) + ", line " + trace.group(2) + ": ")
                        .reduce("", (_, last) -> last);
        return where + lines.getLast().strip();
    }

    /** Kills it with all its children, so that reading its output ends. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
