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
 * Bounds what all connections together keep for their clients: what these have not taken yet, and
 * what they have begun to send and not ended. Beyond the bound, the connections that keep the most
 * end. For a moment more is allowed: a shout to thousands of clients that read well is kept for
 * that long too. Any thread may call.
 */
public final class MemoryBudget {
    /** How long the budget may be exceeded. */
    static final long GRACE_NANOS = Duration.ofMillis(500).toNanos();

    /** How many times the budget may be kept within that time. */
    static final int BURST = 2;

    private final long bytes;
    private final LongSupplier nanoTime;
    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();
    private final Map<Holder, Long> ending = new ConcurrentHashMap<>();
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong returning = new AtomicLong(); // by those that are ending
    private final AtomicBoolean relieving = new AtomicBoolean(); // one is enough; nobody waits
    private volatile boolean over;
    private long overSince;

    /** One connection's part of it. */
    public interface Holder {
        /** Bytes that this one keeps. Any thread may ask. */
        long kept();

        /** The connection must end at once, and give back what it keeps. On any thread. */
        void giveUp();
    }

    /**
     * @param bytes that all connections together may keep
     * @param nanoTime a clock that only goes forward
     */
    public MemoryBudget(long bytes, LongSupplier nanoTime) {
        this.bytes = bytes;
        this.nanoTime = nanoTime;
    }

    /** A connection begins. */
    public void join(Holder holder) {
        holders.add(holder);
    }

    /** A connection has ended, and has given back what it kept. */
    public synchronized void leave(Holder holder) {
        holders.remove(holder);
        Long promised = ending.remove(holder);
        if (promised != null) {
            returning.addAndGet(-promised);
        }
    }

    /** More is kept, or less. */
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

    /** Bytes that are kept now. */
    public long kept() {
        return kept.get();
    }

    /** Bytes that may be kept. */
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

    /** What is kept, but for what those give back that are ending. */
    private long remaining() {
        return kept.get() - returning.get();
    }

    private boolean endsTheWorst() {
        Optional<Holder> worst = holders.stream().max(Comparator.comparingLong(Holder::kept));
        worst.filter(this::promises).ifPresent(Holder::giveUp);
        return worst.isPresent();
    }

    /** What it keeps is as good as given back; false where it has left meanwhile. */
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
