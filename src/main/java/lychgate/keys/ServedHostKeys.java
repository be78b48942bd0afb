package lychgate.keys;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.stream.Stream;

/**
 * The SSH host keys in use. At the first start the key that is generated quickly is there at once,
 * the one that takes seconds as soon as it has been generated ({@link #makeMissing}). Any thread
 * may ask.
 */
public final class ServedHostKeys implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ServedHostKeys.class);

    private final Path folder;
    private volatile List<KeyPair> pairs;
    private @Nullable KeyMaking making;
    private boolean closed;

    private ServedHostKeys(Path folder, List<KeyPair> pairs, @Nullable KeyMaking making) {
        this.folder = folder;
        this.pairs = List.copyOf(pairs);
        this.making = making;
    }

    /**
     * Opens the keys of a folder.
     *
     * @throws IOException if one cannot be used, or none can be generated: the message is one
     *     sentence that says what to do
     */
    public static ServedHostKeys open(Path folder) throws IOException {
        PrivateFile.makeFolder(folder);
        KeyMaking.clear(folder);
        if (SshHostKeys.areAllIn(folder)) {
            return new ServedHostKeys(folder, SshHostKeys.open(folder), null);
        }
        KeyMaking making = SshHostKeys.making(folder);
        try {
            return new ServedHostKeys(folder, SshHostKeys.openAtOnce(folder), making);
        } catch (IOException e) {
            making.close();
            throw e;
        }
    }

    /** The keys that there are now; later more, never fewer. */
    public List<KeyPair> pairs() {
        return pairs;
    }

    /** Generates missing keys in the background. A failure is logged, and that key not offered. */
    public synchronized void makeMissing() {
        if (making != null) {
            Thread.ofPlatform().name("lychgate-keys").daemon().start(this::make);
        }
    }

    private void make() {
        try {
            KeyPair pair = SshHostKeys.generateSlow();
            synchronized (this) {
                if (!closed) {
                    KeyPair kept = SshHostKeys.writeSlow(folder, pair);
                    pairs = Stream.concat(pairs.stream(), Stream.of(kept)).toList();
                    log.info("SSH host key generated: RSA {}", SshHostKeys.fingerprint(kept));
                }
            }
        } catch (IOException e) {
            log.warn("SSH runs without an RSA host key: {}", e.getMessage());
        } finally {
            giveUp();
        }
    }

    private synchronized void giveUp() {
        if (making != null) {
            making.close();
            making = null;
        }
    }

    /** Stops generating keys; one that is being written is complete before this returns. */
    @Override
    public synchronized void close() {
        closed = true;
        giveUp();
    }
}
