package lychgate.cli;

import lychgate.config.ConfigException;
import lychgate.config.ConfigReader;
import lychgate.config.Configuration;
import lychgate.config.Sources;
import lychgate.portal.Home;
import lychgate.portal.PluginJars;
import lychgate.portal.StartException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The options that locate an installation. */
final class HomeOptions {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Holds etc, keys, var and plugins. Default: where Lychgate is installed.")
    private @Nullable Path home;

    @Option(
            names = "--etc",
            paramLabel = "DIR",
            description = "Configuration, instead of HOME/etc.")
    private @Nullable Path etc;

    @Option(names = "--keys", paramLabel = "DIR", description = "Keys, instead of HOME/keys.")
    private @Nullable Path keys;

    @Option(
            names = "--var",
            paramLabel = "DIR",
            description = "The portal's data, instead of HOME/var.")
    private @Nullable Path var;

    /**
     * The folders.
     *
     * @throws Failure if the configuration folder does not exist, which is most likely a typing
     *     error
     */
    Home home() throws Failure {
        require("--home", home);
        require("--etc", etc);
        Home usual = usual(home);
        return new Home(
                or(etc, usual.etc()),
                or(keys, usual.keys()),
                or(var, usual.var()),
                usual.plugins());
    }

    /** A configuration file, with what the environment and the command line say. */
    static Sources sources(Path file, Map<String, String> overrides) {
        return new Sources(file, System.getenv(), overrides);
    }

    /** Reads a configuration file, for the plugins and games that are installed. */
    static Configuration read(Home home, Path file) throws ConfigException, StartException {
        return read(sources(file, Map.of()), PluginJars.find(home.plugins()));
    }

    static Configuration read(Sources sources, PluginJars plugins) throws ConfigException {
        return ConfigReader.read(sources, plugins.settings(), plugins.games());
    }

    private static void require(String option, @Nullable Path folder) throws Failure {
        if (folder != null && !Files.isDirectory(folder)) {
            throw new Failure(
                    option
                            + ": "
                            + folder
                            + " is not an existing folder: create it, or correct the option",
                    null);
        }
    }

    /**
     * The folders below HOME. The start script passes where that is by default ({@code
     * lychgate.home}), and, if it was installed as a package, where the configuration of that home
     * is ({@code lychgate.etc}), which then is not below it.
     */
    static Home usual(@Nullable Path home) {
        Path installed = Path.of(System.getProperty("lychgate.home", ""));
        String etc = System.getProperty("lychgate.etc");
        return usual(home, installed, etc == null ? null : Path.of(etc));
    }

    static Home usual(@Nullable Path home, Path installed, @Nullable Path etc) {
        Path folder = absolute(home == null ? installed : home);
        Home below = Home.at(folder);
        return etc == null || !folder.equals(absolute(installed))
                ? below
                : new Home(absolute(etc), below.keys(), below.var(), below.plugins());
    }

    private static Path absolute(Path folder) {
        return folder.toAbsolutePath().normalize();
    }

    /** The folder from the option, or the default. */
    static Path or(@Nullable Path given, Path usual) {
        return given == null ? usual : absolute(given);
    }
}
