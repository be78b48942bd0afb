package lychgate.telnet;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;

/**
 * Deflaters to borrow. One costs 87 KiB of native memory and cannot be told to use less, so ten
 * thousand compressed sessions share a few: see {@link Compressor}. Any thread may borrow and give
 * back.
 */
public final class DeflaterPool {
    /** Deflaters that lie ready. More than there are threads that compress at a time. */
    private static final int MAX_IDLE = 16;

    /** Deflaters that sessions may keep between two outputs; beyond, each is given back at once. */
    private static final int MAX_KEPT = 64;

    private static final int CHUNK = 4 * 1024;

    private final int level;
    private final ConcurrentLinkedQueue<Borrowed> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger idleCount = new AtomicInteger();
    private final AtomicInteger lent = new AtomicInteger();

    /**
     * A deflater on loan.
     *
     * @param deflater for raw deflate
     * @param chunk into which it writes
     */
    record Borrowed(Deflater deflater, byte[] chunk) {}

    /**
     * @param level of compression, 1 to 9
     */
    public DeflaterPool(int level) {
        this.level = level;
    }

    /** A deflater for raw deflate, as if it were new. */
    Borrowed borrow() {
        lent.incrementAndGet();
        Borrowed ready = idle.poll();
        if (ready == null) {
            return new Borrowed(new Deflater(level, true), new byte[CHUNK]);
        }
        idleCount.decrementAndGet();
        ready.deflater.reset();
        return ready;
    }

    void giveBack(Borrowed borrowed) {
        lent.decrementAndGet();
        if (idleCount.incrementAndGet() > MAX_IDLE) {
            idleCount.decrementAndGet();
            borrowed.deflater.end();
        } else {
            idle.add(borrowed);
        }
    }

    /** Whether so many are lent that nobody may keep one while he has nothing to compress. */
    boolean scarce() {
        return lent.get() > MAX_KEPT;
    }

    /** Deflaters that are borrowed now. */
    int lent() {
        return lent.get();
    }
}
