package lychgate.portal;

import lychgate.config.Configuration;
import lychgate.config.Configuration.GameConfig;
import lychgate.config.Configuration.Link;
import lychgate.demo.Banner;
import lychgate.demo.Gatehouse;
import lychgate.plugin.ServerPlugin;
import lychgate.server.Game;
import lychgate.server.runtime.ServerSessionHandler;
import lychgate.session.Meters;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Creates the game that runs in this process, anew for each restart: the one that the configuration
 * names now, with the plugins that are in use now.
 */
final class GameInProcess implements Supplier<ServerSessionHandler>, Reloadable {
    private final CurrentConfiguration current;
    private final Home home;
    private final Supplier<PluginJars> plugins;
    private final String version;
    private final Instant started;
    private final Meters meters;
    private final Banner banner;
    private GameConfig last;

    /**
     * A game whose login screen is read again with the configuration.
     *
     * @param started when the portal was
     */
    GameInProcess(
            CurrentConfiguration current,
            Home home,
            Supplier<PluginJars> plugins,
            String version,
            Instant started,
            Meters meters) {
        this.current = current;
        this.home = home;
        this.plugins = plugins;
        this.version = version;
        this.started = started;
        this.meters = meters;
        this.banner = new Banner(home.banner());
        this.last = current.now().game();
        current.alsoRead(this);
    }

    @Override
    public ServerSessionHandler get() {
        Configuration now = current.now();
        PluginJars jars = plugins.get();
        if (now.game().link().isInProcess()) { // another kind of link begins with the next start
            last = now.game();
        }
        return new ServerSessionHandler(
                game(last, jars),
                enabled(jars.server(), now),
                now.portal().name(),
                version,
                started,
                meters);
    }

    private Game game(GameConfig config, PluginJars jars) {
        return config.link() == Link.CLASS
                ? jars.games().create(config.className())
                : new Gatehouse(home.var().resolve("gatehouse"), banner);
    }

    /** The login screen is changed without a restart. */
    @Override
    public Runnable read(Configuration next) throws IOException {
        return current.now().game().link() == Link.DEMO ? banner.read() : () -> {};
    }

    private static List<ServerPlugin> enabled(List<ServerPlugin> all, Configuration now) {
        return all.stream().filter(plugin -> now.plugin(plugin.name()).enabled()).toList();
    }
}
