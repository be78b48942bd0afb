package lychgate.portal;

import lychgate.config.ConfigException;
import lychgate.config.Configuration;
import lychgate.config.Configuration.Link;
import lychgate.config.Configuration.PluginConfig;
import lychgate.plugin.Limits;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The configuration as it is now. Whoever depends on what a reload may change (limits, names) asks
 * here each time, and keeps nothing. Any thread may ask.
 */
final class CurrentConfiguration {
    private final ReentrantLock reloading = new ReentrantLock();
    private final List<Reloadable> beside = new CopyOnWriteArrayList<>();
    private volatile Configuration now;
    private volatile Configuration inServices;

    /**
     * Changes to another configuration; the message of a failure is a sentence for the operator.
     */
    interface Change {
        /** What to change to. */
        Configuration read() throws ConfigException, StartException;

        /** Restarts the game under it. */
        void restart() throws IOException, StartException;

        /** The restart has failed, and the configuration from before holds again. */
        default void undo() {}
    }

    CurrentConfiguration(Configuration atStart) {
        now = atStart;
        inServices = atStart;
    }

    Configuration now() {
        return now;
    }

    /** The sections that differ from what is in effect, until the next start. */
    List<String> atNextStart() {
        return inServices.differencesForServices(now);
    }

    /**
     * The game was restarted under the configuration as it is now, and plugins that did not run
     * were started.
     *
     * @param ran the services of plugins that ran before, and still do as they were started
     */
    void gameRestarted(Collection<String> ran) {
        Configuration before = inServices;
        Map<String, PluginConfig> plugins = new HashMap<>(now.plugins());
        for (String name : ran) {
            plugins.put(name, before.plugin(name));
        }
        Link link = before.game().link();
        boolean isSameLink =
                link == now.game().link()
                        || (link.isInProcess() && now.game().link().isInProcess());
        inServices = before.with(isSameLink ? now.game() : before.game(), plugins);
    }

    Limits limits() {
        return now.limits();
    }

    /** Adds something that is read again with the configuration. */
    void alsoRead(Reloadable part) {
        beside.add(part);
    }

    /**
     * Reads the configuration again and restarts the game; if it does not come back, the old one
     * holds again. This can take minutes. A second request is refused meanwhile: queued, it would
     * keep all other commands out.
     */
    void reload(Change change) throws IOException {
        if (!reloading.tryLock()) {
            throw new IOException("The game is being restarted already.");
        }
        Configuration before = now;
        try {
            Configuration next = change.read();
            List<Runnable> effects = new ArrayList<>();
            for (Reloadable part : beside) {
                effects.add(part.read(next));
            }
            now = next;
            restart(change, before);
            effects.forEach(Runnable::run);
        } catch (ConfigException | StartException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        } finally {
            reloading.unlock();
        }
    }

    private void restart(Change change, Configuration before) throws IOException, StartException {
        boolean done = false;
        try {
            change.restart();
            done = true;
        } finally {
            if (!done) {
                now = before;
                change.undo();
            }
        }
    }
}
