package lychgate.telnet;

import lychgate.telnet.DeflaterPool.Borrowed;

import org.jspecify.annotations.Nullable;

import java.util.zip.Adler32;
import java.util.zip.Deflater;

/**
 * Compresses output as one zlib stream (RFC 1950) that ends when compression ends (MCCP2). Not
 * thread safe.
 *
 * <p>The deflater is borrowed. After a sync flush, a raw deflate stream may continue with another
 * deflater, if that one is given the last few kilobytes of plain text, to which it may refer back;
 * zlib's header and the checksum at the end are written here. So a session without output holds
 * {@link #REMEMBERED} bytes instead of 87 KiB. As measured, this costs 6.5 µs when output resumes,
 * and a ratio of 3.9 instead of 4.4 even if that happens at every line.
 */
public final class Compressor {
    /** Bytes of plain text to which the next deflater may refer back: a trade of ratio for time. */
    private static final int REMEMBERED = 2 * 1024;

    /** zlib's header: deflate with a 32 KiB window, the usual level (RFC 1950, 2.2). */
    private static final byte[] HEADER = {0x78, (byte) 0x9c};

    private final DeflaterPool pool;
    private final Adler32 checksum = new Adler32();
    private byte[] remembered = {};
    private @Nullable Borrowed borrowed;
    private boolean begun;
    private boolean unflushed;

    /**
     * @param pool lends the deflaters
     */
    public Compressor(DeflaterPool pool) {
        this.pool = pool;
    }

    /** Compresses bytes; some of the output may be delayed until {@link #flush}. */
    public void compress(byte[] plain, ByteBuilder out) {
        if (plain.length == 0) {
            return;
        }
        begin(out);
        Borrowed lent = borrowed();
        checksum.update(plain);
        lent.deflater().setInput(plain);
        drain(lent, Deflater.NO_FLUSH, out);
        remember(plain);
        unflushed = true;
    }

    /** Returns all pending output, to a byte boundary, so that the client can read it now. */
    public void flush(ByteBuilder out) {
        if (unflushed && borrowed != null) {
            drain(borrowed, Deflater.SYNC_FLUSH, out);
            unflushed = false;
        }
        if (pool.scarce()) {
            release();
        }
    }

    /** Returns the deflater until there is more output. Only after a flush. */
    public void release() {
        if (borrowed != null && !unflushed) {
            pool.giveBack(borrowed);
            borrowed = null;
        }
    }

    /** Ends the stream as RFC 1950 defines; what follows is plain. */
    public void finish(ByteBuilder out) {
        begin(out);
        Borrowed lent = borrowed();
        lent.deflater().finish();
        drain(lent, Deflater.NO_FLUSH, out);
        unflushed = false;
        release();
        long sum = checksum.getValue();
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.add((int) (sum >> shift));
        }
    }

    /** The connection is closed: returns what was borrowed. */
    public void close() {
        unflushed = false;
        release();
    }

    private void begin(ByteBuilder out) {
        if (!begun) {
            out.add(HEADER);
            begun = true;
        }
    }

    private Borrowed borrowed() {
        if (borrowed == null) {
            borrowed = pool.borrow();
            if (remembered.length > 0) {
                borrowed.deflater().setDictionary(remembered);
            }
        }
        return borrowed;
    }

    private static void drain(Borrowed lent, int flush, ByteBuilder out) {
        byte[] chunk = lent.chunk();
        int length;
        do {
            length = lent.deflater().deflate(chunk, 0, chunk.length, flush);
            out.add(chunk, 0, length);
        } while (length == chunk.length);
    }

    private void remember(byte[] plain) {
        if (plain.length >= REMEMBERED) {
            remembered =
                    java.util.Arrays.copyOfRange(plain, plain.length - REMEMBERED, plain.length);
            return;
        }
        int kept = Math.min(remembered.length, REMEMBERED - plain.length);
        byte[] next = new byte[kept + plain.length];
        System.arraycopy(remembered, remembered.length - kept, next, 0, kept);
        System.arraycopy(plain, 0, next, kept, plain.length);
        remembered = next;
    }
}
