package lychgate.cli;

import lychgate.portal.Home;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** The options that say where an installation is. */
final class HomeOptions {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Holds etc, keys, var and plugins. Default: where Lychgate is.")
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
            description = "What the portal keeps, instead of HOME/var.")
    private @Nullable Path var;

    /** The folders. */
    Home home() {
        Home usual = usual(home);
        return new Home(
                or(etc, usual.etc()),
                or(keys, usual.keys()),
                or(var, usual.var()),
                usual.plugins());
    }

    /** The folders below one; the start script says where Lychgate is. */
    static Home usual(@Nullable Path home) {
        Path base = home == null ? Path.of(System.getProperty("lychgate.home", "")) : home;
        return Home.at(base.toAbsolutePath().normalize());
    }

    /** A folder that was named, or the usual one. */
    static Path or(@Nullable Path given, Path usual) {
        return given == null ? usual : given.toAbsolutePath().normalize();
    }
}
