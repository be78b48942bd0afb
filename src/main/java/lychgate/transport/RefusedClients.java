package lychgate.transport;

import lychgate.plugin.Scheduler;

import java.time.Duration;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Connections of refused clients, which linger for a moment so that the client reads the reason
 * instead of a reset. No session exists for them. Any thread may call.
 */
public final class RefusedClients {
    /** Linger timeout: how long to wait for the client to close. */
    private static final long LINGER_NANOS = Duration.ofSeconds(1).toNanos();

    /**
     * Maximum number of lingering connections; further ones are closed at once. Bounds file
     * descriptors.
     */
    private static final int MAX_LINGERING = 128;

    private static final Duration ROUND = Duration.ofMillis(100);

    private final Queue<Lingering> lingering = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final LongSupplier nanoTime;
    private final Scheduler.Cancellable rounds;

    /** A refused client's connection, whose output has ended. */
    public interface Client {
        /** Whether the client has closed its side. Reads, and drops, what it still sends. */
        boolean isGone();

        /** Closes the connection. */
        void close();
    }

    private record Lingering(Client client, long until) {}

    /**
     * @param scheduler checks the connections periodically
     * @param nanoTime a monotonic clock
     */
    public RefusedClients(Scheduler scheduler, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        rounds = scheduler.every(ROUND, this::round);
    }

    /** Closes the connection when the client has closed its side, or after one second. */
    public void linger(Client client) {
        if (count.incrementAndGet() > MAX_LINGERING) {
            count.decrementAndGet();
            client.close();
        } else {
            lingering.add(new Lingering(client, nanoTime.getAsLong() + LINGER_NANOS));
        }
    }

    /** Closes all lingering connections. */
    public void stop() {
        rounds.cancel();
        lingering.forEach(each -> each.client.close());
        lingering.clear();
    }

    private void round() {
        long now = nanoTime.getAsLong();
        for (Iterator<Lingering> all = lingering.iterator(); all.hasNext(); ) {
            Lingering each = all.next();
            if (now - each.until > 0 || each.client.isGone()) {
                all.remove();
                count.decrementAndGet();
                each.client.close();
            }
        }
    }
}
