package lychgate.transport.trace;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the memory that the traces of one service use together. Any thread may call. */
public final class TraceMemory {
    /** Bytes for the sessions of a service: 4 KiB each for 4,096, or 1.6 KiB each for 10,000. */
    public static final long BYTES = 16L << 20;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /**
     * @param most bytes that may be taken
     */
    public TraceMemory(long most) {
        this.most = most;
    }

    /** Takes bytes; false if there are not enough. */
    boolean take(int bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    /** Gives bytes back. */
    void giveBack(int bytes) {
        taken.addAndGet(-bytes);
    }

    /** Bytes in use. */
    public long taken() {
        return taken.get();
    }
}
