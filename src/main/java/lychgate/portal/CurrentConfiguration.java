package lychgate.portal;

import lychgate.config.ConfigException;
import lychgate.config.Configuration;
import lychgate.plugin.Limits;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    }

    Configuration now() {
        return now;
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
     *
     * @return the configuration before
     */
    Configuration reload(Change change) throws IOException {
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
            return before;
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
