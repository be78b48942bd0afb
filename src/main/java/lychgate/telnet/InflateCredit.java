package lychgate.telnet;

/**
 * Limits how much may be inflated for one connection: a compressed byte costs its sender little but
 * can become a thousand here, so the work is what counts. It outlives a stream: the next one begins
 * with what the last has left. Time is passed in, from a monotonic clock. Not thread safe.
 */
public final class InflateCredit {
    /** Bytes that may be inflated at once: twice the longest out-of-band message. */
    static final int BURST = 128 * 1024;

    /** Bytes that may be inflated per millisecond: several times what anybody types. */
    static final int BYTES_A_MILLI = 32;

    /**
     * The cost of beginning a stream: creating an inflater takes as long as inflating this much.
     */
    private static final int BYTES_OF_A_STREAM = 4 * 1024;

    /** Plain bytes allowed per compressed byte once the burst is used up; zlib reaches 1,032. */
    private static final long MAX_RATIO = 200;

    private long left = BURST;
    private long refilledAt = Long.MIN_VALUE;
    private long plainSinceRest;
    private long compressedSinceRest;

    /** Milliseconds until another portion may be inflated; 0: now. */
    public long restMillis(long nowMillis) {
        refill(nowMillis);
        return left > 0 ? 0 : (Decompressor.PORTION - left) / BYTES_A_MILLI;
    }

    /** A stream begins. */
    void begin() {
        left -= BYTES_OF_A_STREAM;
    }

    /** This much has been inflated; false if it was a zip bomb. */
    boolean spend(long compressed, long plain, long nowMillis) {
        refill(nowMillis);
        left -= plain + compressed; // input that inflates to nothing costs time, too
        plainSinceRest += plain;
        compressedSinceRest += compressed;
        return left > 0 || plainSinceRest <= MAX_RATIO * compressedSinceRest;
    }

    private void refill(long now) {
        if (refilledAt != Long.MIN_VALUE) {
            left = Math.min(BURST, left + (now - refilledAt) * BYTES_A_MILLI);
        }
        refilledAt = now;
        if (left == BURST) {
            plainSinceRest = 0;
            compressedSinceRest = 0;
        }
    }
}
