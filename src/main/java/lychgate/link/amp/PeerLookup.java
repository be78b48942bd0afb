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
 * Looks up the users of new connections, in batches and on a thread of its own: with thousands of
 * players that takes milliseconds, which the game's messages should not have to wait. Called on the
 * loop's thread, except {@link #stop}.
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
     * @param found told which user a connection belongs to
     */
    PeerLookup(
            Peers peers,
            Consumer<Runnable> onTheLoop,
            BiConsumer<AmpConnection, Peers.Owner> found) {
        this.peers = peers;
        this.onTheLoop = onTheLoop;
        this.found = found;
    }

    /** How many connections are still being looked up. */
    int unknown() {
        return unknown.size();
    }

    /** Looks up a connection's user. */
    void add(AmpConnection connection, Peers.Pair pair) {
        unknown.put(connection, pair);
        lookUp();
    }

    /** Forgets a closed connection. */
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
            log.debug("not looking up peers: the link is stopping", e);
        }
    }

    private void lookUp(List<AmpConnection> batch, List<Peers.Pair> pairs) {
        List<Peers.Owner> owners = Collections.nCopies(batch.size(), new Peers.Gone());
        try {
            owners = peers.owners(pairs);
        } catch (RuntimeException e) {
            log.error(
                    "AMP listener: looking up the users of {} peers failed, closing them",
                    batch.size(),
                    e);
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
