package lychgate.cli;

import lychgate.config.ConfigException;
import lychgate.config.Configuration;
import lychgate.evennia.GamePython;
import lychgate.evennia.GameSettings;
import lychgate.evennia.ImportedSettings;
import lychgate.portal.Home;
import lychgate.portal.StartException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

/** {@code lychgate evennia}: preparation for running an Evennia game. */
@Command(
        name = "evennia",
        description = "Takes over from Evennia's Portal.",
        subcommands = EvenniaCommand.Import.class)
final class EvenniaCommand implements Runnable {
    @Spec private CommandSpec spec;

    /** A subcommand is required. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "import is missing");
    }

    /** {@code lychgate evennia import}: writes {@code lychgate.toml} from a game's settings. */
    @Command(
            name = "import",
            description =
                    "Reads a game's settings and writes the matching lychgate.toml; lists what has"
                            + " no counterpart.")
    static final class Import implements Callable<Integer> {
        @Mixin private HomeOptions options = new HomeOptions();

        @Option(
                names = "--python",
                paramLabel = "FILE",
                description =
                        "The Python in which Evennia is installed. Default: evennia.python of the"
                                + " configuration; else that of the virtual environment that is"
                                + " active, or lies in the game's folder or beside it; else that"
                                + " of the path.")
        private @Nullable Path program;

        @Parameters(paramLabel = "GAME_DIR", description = "The game's folder.")
        private Path game = Path.of("");

        @Spec private CommandSpec spec;

        @Override
        public Integer call() throws Failure {
            Home home = options.home();
            LogSettings.begin(home.etc());
            Path folder = game.toAbsolutePath().normalize();
            try {
                GamePython.requireGame(folder);
                Configuration configured = unchanged(home);
                GamePython python = python(folder, configured.evenniaPython());
                GameSettings settings = python.settings(folder, ImportedSettings.names());
                ImportedSettings imported = ImportedSettings.of(settings, folder, python.program());
                write(home.configFile(), imported.toml());
                PrintWriter out = spec.commandLine().getOut();
                out.println(home.configFile() + ": written");
                imported.leftovers().forEach(out::println);
                out.flush();
                return 0;
            } catch (ConfigException | StartException | IOException e) {
                throw new Failure(String.valueOf(e.getMessage()), e);
            }
        }

        /**
         * The configuration without the file, which is overwritten only if it adds nothing to that.
         *
         * @throws Failure if it does
         */
        private static Configuration unchanged(Home home)
                throws Failure, ConfigException, StartException {
            Configuration configured = HomeOptions.read(home, home.configFile());
            if (!configured.equals(HomeOptions.read(home, home.etc().resolve("no such file")))) {
                throw new Failure(
                        home.configFile()
                                + " has settings that would be lost: move it away, or name another"
                                + " folder with --etc.",
                        null);
            }
            return configured;
        }

        private GamePython python(Path folder, @Nullable Path configured)
                throws IOException, Failure {
            Path named = program == null ? configured : program;
            GamePython python = GamePython.find(named, folder, System.getenv());
            if (python == null) {
                throw new Failure(
                        "No Python with Evennia is found: name the one in which it is installed"
                                + " with --python.",
                        null);
            }
            return python;
        }

        /** Writes the file atomically; the old one is kept as a copy. */
        private static void write(Path file, String toml) throws IOException {
            Path next = file.resolveSibling("lychgate.toml.new");
            Path old = file.resolveSibling("lychgate.toml.old");
            try {
                Files.createDirectories(file.getParent());
                if (Files.exists(file)) {
                    Files.copy(file, old, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.writeString(
                        next,
                        toml,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DSYNC);
                Files.move(
                        next,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new IOException(
                        file + " cannot be written (" + e.getMessage() + "): make it writable.", e);
            }
        }
    }
}
