package lychgate.portal;

import lychgate.config.ConfigException;
import lychgate.config.Configuration;
import lychgate.plugin.Limits;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The configuration as it is now. Whoever depends on what a reload may change (limits, names) asks
 * here each time, and keeps nothing. Any thread may ask.
 */
final class CurrentConfiguration {
    private final ReentrantLock reloading = new ReentrantLock();
    private volatile Configuration now;
    private volatile Portal.Reread reread = this::now;

    /** Restarts the game under a new configuration. */
    interface Restart {
        /** Does so; the message of a failure is one sentence for the operator. */
        void run() throws IOException;
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

    /** Sets how the configuration is read again. */
    void readBy(Portal.Reread how) {
        reread = how;
    }

    /**
     * Reads the configuration again and restarts the game; if it does not come back, the old one
     * holds again. This can take minutes. A second request is refused meanwhile: queued, it would
     * keep all other commands out.
     */
    void reload(Restart restart) throws IOException {
        if (!reloading.tryLock()) {
            throw new IOException("The game is being restarted already.");
        }
        Configuration before = now;
        try {
            now = reread.read();
            restart.run();
        } catch (ConfigException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            now = before;
            throw e;
        } finally {
            reloading.unlock();
        }
    }
}
