package lychgate.telnet;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;

/**
 * Lends deflaters. One takes 87 KiB of native memory and cannot be told to use less, so ten
 * thousand compressed sessions share a few: see {@link Compressor}. Thread safe.
 */
public final class DeflaterPool {
    /** Idle deflaters that are kept. More than there are threads that compress at a time. */
    private static final int MAX_IDLE = 16;

    /**
     * Deflaters that sessions may keep between two outputs; beyond that, each is returned at once.
     */
    private static final int MAX_KEPT = 64;

    private static final int CHUNK = 4 * 1024;

    private final int level;
    private final ConcurrentLinkedQueue<Borrowed> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger idleCount = new AtomicInteger();
    private final AtomicInteger lent = new AtomicInteger();

    /**
     * A borrowed deflater.
     *
     * @param deflater for raw deflate
     * @param chunk its output buffer
     */
    record Borrowed(Deflater deflater, byte[] chunk) {}

    /**
     * @param level the compression level, 1 to 9
     */
    public DeflaterPool(int level) {
        this.level = level;
    }

    /** Lends a deflater for raw deflate, in its initial state. */
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

    /** Whether so many are lent that none may be kept while there is nothing to compress. */
    boolean scarce() {
        return lent.get() > MAX_KEPT;
    }

    /** The number of deflaters lent now. */
    int lent() {
        return lent.get();
    }
}
