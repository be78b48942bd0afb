package lychgate.telnet;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses input (MCCP3): a zlib stream (RFC 1950). Returns the plain bytes in small portions,
 * so that no input makes it hold more than {@link #PORTION}. Not thread safe.
 */
public final class Decompressor {
    /** Plain bytes returned at a time. */
    public static final int PORTION = 16 * 1024;

    private final Inflater inflater = new Inflater();
    private final byte[] portion = new byte[PORTION];
    private final InflateCredit credit;

    /** Begins a stream with a full credit. */
    Decompressor() {
        this(new InflateCredit());
    }

    /**
     * @param credit the connection's
     */
    public Decompressor(InflateCredit credit) {
        this.credit = credit;
        credit.begin();
    }

    /** The input is not a zlib stream, or a zip bomb. The connection cannot continue. */
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
     * The next portion of plain bytes, or null if all input has been consumed. Ask {@link
     * InflateCredit#restMillis} first whether it is time for another. When the stream ends, the
     * input is left at its end and {@link #finished} is true.
     *
     * @param nowMillis a monotonic clock
     * @throws BrokenStreamException if it is not a zlib stream, or inflates excessively
     */
    public @Nullable ByteBuffer next(ByteBuffer in, long nowMillis) throws BrokenStreamException {
        try {
            int before = in.remaining();
            inflater.setInput(in);
            int length = inflater.inflate(portion);
            if (inflater.needsDictionary()) {
                throw new BrokenStreamException("mccp3_garbage");
            }
            if (!credit.spend(before - in.remaining(), length, nowMillis)) {
                throw new BrokenStreamException("mccp3_bomb");
            }
            return length == 0 ? null : ByteBuffer.wrap(portion, 0, length);
        } catch (DataFormatException e) {
            throw new BrokenStreamException("mccp3_garbage");
        }
    }

    /** Whether the stream has ended; what follows is plain. */
    public boolean finished() {
        return inflater.finished();
    }

    /** Releases its native memory. */
    public void close() {
        inflater.end();
    }
}
