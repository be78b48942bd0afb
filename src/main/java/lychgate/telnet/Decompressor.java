package lychgate.telnet;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Takes apart what a client sends compressed (MCCP3): a zlib stream (RFC 1950). Gives the plain
 * bytes in small portions, so that no input makes it hold more than {@link #PORTION}. Not thread
 * safe.
 */
public final class Decompressor {
    /** Plain bytes that are given at a time. */
    static final int PORTION = 16 * 1024;

    /** Plain bytes a second from which on the ratio counts: more than any person types. */
    private static final long FREE_BYTES_A_SECOND = 256 * 1024;

    /** Plain bytes for each compressed one that are allowed beyond that; zlib reaches 1,032. */
    private static final long MAX_RATIO = 200;

    private static final long SECOND_MILLIS = 1_000;

    private final Inflater inflater = new Inflater();
    private final byte[] portion = new byte[PORTION];
    private long secondBegan = Long.MIN_VALUE;
    private long plainThisSecond;
    private long compressedThisSecond;

    /** The client sent what is no zlib stream, or a bomb. There is no way to go on. */
    public static final class BrokenStreamException extends Exception {
        private final String kind;

        BrokenStreamException(String kind) {
            super(kind, null, false, false);
            this.kind = kind;
        }

        /** For the counter. */
        public String kind() {
            return kind;
        }
    }

    /**
     * The next portion of plain bytes, or null when all of the input has been taken. Where the
     * stream ends, the input is left behind its end, and {@link #finished} says so.
     *
     * @param nowMillis a clock that only goes forward
     * @throws BrokenStreamException if it is no such stream, or inflates beyond all measure
     */
    public @Nullable ByteBuffer next(ByteBuffer in, long nowMillis) throws BrokenStreamException {
        try {
            int before = in.remaining();
            inflater.setInput(in);
            int length = inflater.inflate(portion);
            if (inflater.needsDictionary()) {
                throw new BrokenStreamException("mccp3_garbage");
            }
            count(before - in.remaining(), length, nowMillis);
            return length == 0 ? null : ByteBuffer.wrap(portion, 0, length);
        } catch (DataFormatException e) {
            throw new BrokenStreamException("mccp3_garbage");
        }
    }

    /** Whether the stream has ended; what follows is plain. */
    public boolean finished() {
        return inflater.finished();
    }

    /** Gives its native memory back. */
    public void close() {
        inflater.end();
    }

    private void count(long compressed, long plain, long now) throws BrokenStreamException {
        if (secondBegan == Long.MIN_VALUE || now - secondBegan >= SECOND_MILLIS) {
            secondBegan = now;
            plainThisSecond = 0;
            compressedThisSecond = 0;
        }
        plainThisSecond += plain;
        compressedThisSecond += compressed;
        if (plainThisSecond > FREE_BYTES_A_SECOND
                && plainThisSecond > MAX_RATIO * compressedThisSecond) {
            throw new BrokenStreamException("mccp3_bomb");
        }
    }
}
