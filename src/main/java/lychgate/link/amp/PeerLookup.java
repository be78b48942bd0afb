package lychgate.link.amp;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Finds out whose new connections are, all at once and on a thread of its own: it takes
 * milliseconds where there are thousands of players, for which the game's messages need not wait.
 * On the loop's thread, but for {@link #stop}.
 */
final class PeerLookup {
    private static final Logger log = LoggerFactory.getLogger(PeerLookup.class);

    private final Peers peers;
    private final Consumer<Runnable> onTheLoop;
    private final BiConsumer<AmpConnection, Peers.Owner> found;
    private final Map<AmpConnection, Peers.Pair> unknown = new LinkedHashMap<>();
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("lychgate-amp-peers").daemon().factory());
    private boolean lookingUp;

    /**
     * @param onTheLoop runs something on the loop's thread
     * @param found is told whose a connection is
     */
    PeerLookup(
            Peers peers,
            Consumer<Runnable> onTheLoop,
            BiConsumer<AmpConnection, Peers.Owner> found) {
        this.peers = peers;
        this.onTheLoop = onTheLoop;
        this.found = found;
    }

    /** Connections of which it is not known yet whose they are. */
    int unknown() {
        return unknown.size();
    }

    /** Looks whose it is. */
    void add(AmpConnection connection, Peers.Pair pair) {
        unknown.put(connection, pair);
        lookUp();
    }

    /** The connection is gone. */
    void remove(AmpConnection connection) {
        unknown.remove(connection);
    }

    /** Any thread may call. */
    void stop() {
        thread.shutdownNow();
    }

    private void lookUp() {
        if (lookingUp || unknown.isEmpty()) {
            return;
        }
        List<AmpConnection> batch = List.copyOf(unknown.keySet());
        List<Peers.Pair> pairs = List.copyOf(unknown.values());
        try {
            thread.execute(() -> lookUp(batch, pairs));
            lookingUp = true;
        } catch (RejectedExecutionException e) {
            log.debug("the link stops", e);
        }
    }

    private void lookUp(List<AmpConnection> batch, List<Peers.Pair> pairs) {
        List<Peers.Owner> owners = Collections.nCopies(batch.size(), new Peers.Gone());
        try {
            owners = peers.owners(pairs);
        } catch (RuntimeException e) {
            log.error("AMP listener: the users of {} peers cannot be found", batch.size(), e);
        }
        List<Peers.Owner> answer = owners;
        onTheLoop.accept(() -> lookedUp(batch, answer));
    }

    private void lookedUp(List<AmpConnection> batch, List<Peers.Owner> owners) {
        lookingUp = false;
        for (int i = 0; i < batch.size(); i++) {
            AmpConnection connection = batch.get(i);
            if (unknown.remove(connection) != null) {
                found.accept(connection, owners.get(i));
            }
        }
        lookUp();
    }
}
