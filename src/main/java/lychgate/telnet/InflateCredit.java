package lychgate.telnet;

/**
 * How much may be inflated for one connection: a compressed byte costs its sender little and can be
 * a thousand here, so that what counts is the work. Outlives a stream: the next one begins with
 * what the last has left. Time is handed in, by a clock that only goes forward. Not thread safe.
 */
public final class InflateCredit {
    /** Bytes that may be inflated at once: twice the longest out-of-band message. */
    static final int BURST = 128 * 1024;

    /** Bytes that may be inflated in a millisecond: several times what any person types. */
    static final int BYTES_A_MILLI = 32;

    /** What the beginning of a stream counts for: making an inflater takes as long. */
    private static final int BYTES_OF_A_STREAM = 4 * 1024;

    /**
     * Plain bytes for each compressed one that are allowed to who has used up the burst; zlib
     * reaches 1,032.
     */
    private static final long MAX_RATIO = 200;

    private long left = BURST;
    private long refilledAt = Long.MIN_VALUE;
    private long plainSinceRest;
    private long compressedSinceRest;

    /** Milliseconds until there is enough for a portion; 0: there is some. */
    public long restMillis(long nowMillis) {
        refill(nowMillis);
        return left > 0 ? 0 : (Decompressor.PORTION - left) / BYTES_A_MILLI;
    }

    /** A stream begins. */
    void begin() {
        left -= BYTES_OF_A_STREAM;
    }

    /** So much has been inflated; false: by who sends bombs. */
    boolean spend(long compressed, long plain, long nowMillis) {
        refill(nowMillis);
        left -= plain + compressed; // what inflates to nothing costs as well
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
