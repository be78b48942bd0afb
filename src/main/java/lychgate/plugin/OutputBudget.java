package lychgate.plugin;

import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Bounds what all sessions together have unsent: bytes that a protocol was handed and its client
 * has not taken. Beyond the bound, the session with the most goes. For a moment more is allowed: a
 * shout to thousands of clients that read well is unsent for that long too. Any thread may call.
 */
public final class OutputBudget {
    /** How long the budget may be exceeded. */
    static final long GRACE_NANOS = Duration.ofMillis(500).toNanos();

    /** How many times the budget may be unsent within that time. */
    static final int BURST = 2;

    private final long bytes;
    private final LongSupplier nanoTime;
    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();
    private final AtomicLong unsent = new AtomicLong();
    private final AtomicBoolean relieving = new AtomicBoolean(); // one is enough; nobody waits
    private volatile boolean over;
    private long overSince;

    /** One connection's part of it. */
    public interface Holder {
        /** Bytes of this one, of those that are unsent. */
        long unsent();

        /** The connection must end at once, and give back what it has. */
        void giveUp();
    }

    /**
     * @param bytes that all sessions together may have unsent
     * @param nanoTime a clock that only goes forward
     */
    public OutputBudget(long bytes, LongSupplier nanoTime) {
        this.bytes = bytes;
        this.nanoTime = nanoTime;
    }

    /** A connection begins. */
    public void join(Holder holder) {
        holders.add(holder);
    }

    /** A connection has ended; it has taken back what it had added. */
    public void leave(Holder holder) {
        holders.remove(holder);
    }

    /** More is unsent, or less. */
    public void add(long more) {
        long now = unsent.addAndGet(more);
        if ((over || now > bytes) && relieving.compareAndSet(false, true)) {
            try {
                relieve();
            } finally {
                relieving.set(false);
            }
        }
    }

    /** Bytes that are unsent now. */
    public long unsent() {
        return unsent.get();
    }

    /** Bytes that may be unsent. */
    public long bytes() {
        return bytes;
    }

    private void relieve() {
        long held = unsent.get();
        if (held <= bytes) {
            over = false;
            return;
        }
        long now = nanoTime.getAsLong();
        if (!over) {
            over = true;
            overSince = now;
        }
        if (now - overSince >= GRACE_NANOS || held > BURST * bytes) {
            holders.stream()
                    .max(Comparator.comparingLong(Holder::unsent))
                    .ifPresent(Holder::giveUp);
        }
    }
}
