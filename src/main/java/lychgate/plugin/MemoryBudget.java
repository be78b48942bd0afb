package lychgate.plugin;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Bounds the memory that all connections together use for their clients: unsent output, and
 * messages that have not been received completely. Over the budget, the connections that use the
 * most are closed. The budget may be exceeded for a moment, since a shout to thousands of clients
 * is buffered briefly even if all of them read. Any thread may call.
 */
public final class MemoryBudget {
    /** How long the budget may be exceeded. */
    static final long GRACE_NANOS = Duration.ofMillis(500).toNanos();

    /** How many times the budget may be used during that time. */
    static final int BURST = 2;

    private final long bytes;
    private final LongSupplier nanoTime;
    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();
    private final Map<Holder, Long> ending = new ConcurrentHashMap<>();
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong returning = new AtomicLong(); // by connections that are closing
    private final AtomicBoolean relieving = new AtomicBoolean(); // one is enough; nobody waits
    private volatile boolean over;
    private long overSince;

    /** One connection's share. */
    public interface Holder {
        /** Bytes that this connection uses. Called by any thread. */
        long kept();

        /** The connection must close at once and release what it uses. Called by any thread. */
        void giveUp();
    }

    /**
     * @param bytes that all connections together may use
     * @param nanoTime a clock that only goes forward
     */
    public MemoryBudget(long bytes, LongSupplier nanoTime) {
        this.bytes = bytes;
        this.nanoTime = nanoTime;
    }

    /** A connection was opened. */
    public void join(Holder holder) {
        holders.add(holder);
    }

    /** A connection was closed and has released what it used. */
    public synchronized void leave(Holder holder) {
        holders.remove(holder);
        Long promised = ending.remove(holder);
        if (promised != null) {
            returning.addAndGet(-promised);
        }
    }

    /** A connection uses more, or less. */
    public void add(long more) {
        long now = kept.addAndGet(more);
        if ((over || now > bytes) && relieving.compareAndSet(false, true)) {
            try {
                relieve();
            } finally {
                relieving.set(false);
            }
        }
    }

    /** Bytes in use. */
    public long kept() {
        return kept.get();
    }

    /** The budget in bytes. */
    public long bytes() {
        return bytes;
    }

    private void relieve() {
        if (remaining() <= bytes) {
            over = false;
            return;
        }
        long now = nanoTime.getAsLong();
        if (!over) {
            over = true;
            overSince = now;
        }
        long allowed = now - overSince >= GRACE_NANOS ? bytes : BURST * bytes;
        while (remaining() > allowed && endsTheWorst()) {}
    }

    /** Bytes in use, without those of connections that are closing. */
    private long remaining() {
        return kept.get() - returning.get();
    }

    private boolean endsTheWorst() {
        Optional<Holder> worst = holders.stream().max(Comparator.comparingLong(Holder::kept));
        worst.filter(this::promises).ifPresent(Holder::giveUp);
        return worst.isPresent();
    }

    /** Counts the connection's bytes as released; false if it has been closed meanwhile. */
    private synchronized boolean promises(Holder holder) {
        if (!holders.remove(holder)) {
            return false;
        }
        long promised = holder.kept();
        ending.put(holder, promised);
        returning.addAndGet(promised);
        return true;
    }
}
