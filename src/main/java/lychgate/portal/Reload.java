package lychgate.portal;

import lychgate.config.ConfigException;
import lychgate.config.Configuration;
import lychgate.plugin.PortalPlugin;
import lychgate.session.GameLink;
import lychgate.session.SessionSync;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads {@code plugins/} and the configuration anew, starts the services that were not there
 * before, and restarts the game, whose class and plugins are the new ones. If anything of it fails,
 * everything is as it was, and the game from before runs.
 */
final class Reload {
    private static final Logger log = LoggerFactory.getLogger(Reload.class);

    private final Path folder;
    private final PluginsInUse plugins;
    private final CurrentConfiguration current;
    private final Services services;
    private final GameLink link;
    private final Supplier<List<SessionSync>> sessions;

    /**
     * @param folder with the jars
     * @param plugins those in use, which are replaced
     * @param sessions those that exist now
     */
    Reload(
            Path folder,
            PluginsInUse plugins,
            CurrentConfiguration current,
            Services services,
            GameLink link,
            Supplier<List<SessionSync>> sessions) {
        this.folder = folder;
        this.plugins = plugins;
        this.current = current;
        this.services = services;
        this.link = link;
        this.sessions = sessions;
    }

    /**
     * Does so.
     *
     * @throws IOException if it fails: the message is one sentence for the operator
     */
    void run(Portal.Reread reread) throws IOException {
        current.reload(new Attempt(reread));
    }

    /**
     * Reads the configuration only; the game goes on, with the plugins that it has.
     *
     * @throws IOException if it has mistakes: the message names them
     */
    void runWithoutGame(Portal.Reread reread) throws IOException {
        current.reload(
                new CurrentConfiguration.Change() {
                    @Override
                    public Configuration read() throws ConfigException {
                        return reread.read(plugins.now());
                    }

                    @Override
                    public void restart() {}
                });
    }

    private final class Attempt implements CurrentConfiguration.Change {
        private final Portal.Reread reread;
        private final PluginJars before = plugins.now();
        private PluginJars found = before;
        private Runnable stopsAdded = () -> {};

        Attempt(Portal.Reread reread) {
            this.reread = reread;
        }

        @Override
        public Configuration read() throws ConfigException, StartException {
            found = PluginJars.find(folder).keeping(services.running(before.portal()));
            return reread.read(found);
        }

        @Override
        public void restart() throws IOException, StartException {
            List<PortalPlugin> ran = services.running(found.portal());
            plugins.use(found);
            stopsAdded = services.startMore(found.portal());
            try {
                link.reload(sessions);
            } catch (RuntimeException e) {
                log.error("the game cannot start", e);
                throw new IOException("The game cannot start: " + GameFault.shown(e) + ".", e);
            }
            current.gameRestarted(ran.stream().map(PortalPlugin::name).toList());
        }

        /** The game is away if the new one could not start; over AMP it comes by itself. */
        @Override
        public void undo() {
            plugins.use(before);
            stopsAdded.run();
            if (link.isInProcess() && link.state() == GameLink.State.AWAY) {
                try {
                    link.reload(sessions);
                } catch (IOException | RuntimeException e) {
                    log.error("the game from before the reload cannot start again", e);
                }
            }
        }
    }
}
