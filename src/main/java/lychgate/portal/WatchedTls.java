package lychgate.portal;

import lychgate.keys.TlsKeys;
import lychgate.plugin.Scheduler;
import lychgate.plugin.ServerTls;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The key and certificate for TLS: opened when the first service needs them, and reloaded when the
 * files are replaced. Any thread may ask.
 */
final class WatchedTls {
    /** How often the files are checked: half of the ten seconds that operators are promised. */
    private static final Duration CHECK = Duration.ofSeconds(5);

    private final Path folder;
    private final Scheduler files;
    private @Nullable TlsKeys keys;

    /**
     * @param files runs what may block on files
     */
    WatchedTls(Path folder, Scheduler files) {
        this.folder = folder;
        this.files = files;
    }

    /**
     * TLS with that key and certificate.
     *
     * @throws IOException if they cannot be used: the message is one sentence for the operator
     */
    synchronized ServerTls open() throws IOException {
        TlsKeys opened = keys;
        if (opened == null) {
            opened = TlsKeys.open(folder);
            keys = opened;
            files.every(CHECK, opened::refresh);
        }
        return opened;
    }
}
