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
    public static final int PORTION = 16 * 1024;

    private final Inflater inflater = new Inflater();
    private final byte[] portion = new byte[PORTION];
    private final InflateCredit credit;

    /** A stream that may use up all that a connection has. */
    Decompressor() {
        this(new InflateCredit());
    }

    /**
     * @param credit of the connection
     */
    public Decompressor(InflateCredit credit) {
        this.credit = credit;
        credit.begin();
    }

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
     * The next portion of plain bytes, or null when all of the input has been taken. Whether it is
     * time for it, {@link InflateCredit#restMillis} says. Where the stream ends, the input is left
     * behind its end, and {@link #finished} says so.
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

    /** Gives its native memory back. */
    public void close() {
        inflater.end();
    }
}
