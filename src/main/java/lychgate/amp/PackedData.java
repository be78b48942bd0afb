package lychgate.amp;

import java.util.Arrays;
import java.util.zip.Adler32;
import java.util.zip.Deflater;

/**
 * Evennia's compressed argument: the bytes are cut into pieces, each compressed on its own (zlib,
 * RFC 1950), under the keys {@code packed_data}, {@code packed_data.2}, {@code packed_data.3}, …
 */
public final class PackedData {
    static final String KEY = "packed_data";

    /**
     * Plain bytes of a piece. Compressed, it must fit into a value even where compression makes it
     * longer.
     */
    static final int PIECE = 60_000;

    /**
     * Bytes up to which a piece is stored and not compressed (RFC 1951, 3.2.4): on the way to a
     * game on the same machine the bytes cost less than the compressing of them.
     */
    static final int STORED = 1_024;

    private static final int STORED_OVERHEAD = 11;

    private PackedData() {}

    /** The box with the bytes in it. */
    public static Box put(Box box, byte[] plain) {
        Box filled = box.with(KEY, pack(plain, 0, Math.min(PIECE, plain.length)));
        int number = 2;
        for (int from = PIECE; from < plain.length; from += PIECE) {
            byte[] piece = pack(plain, from, Math.min(PIECE, plain.length - from));
            filled = filled.with(KEY + "." + number++, piece);
        }
        return filled;
    }

    private static byte[] pack(byte[] plain, int from, int length) {
        return length <= STORED ? store(plain, from, length) : deflate(plain, from, length);
    }

    private static byte[] store(byte[] plain, int from, int length) {
        byte[] stored = new byte[length + STORED_OVERHEAD];
        stored[0] = 0x78; // deflate, a window of 32 KiB
        stored[1] = 0x01; // fastest, and the check of these two bytes
        stored[2] = 1; // the last block, stored
        stored[3] = (byte) length;
        stored[4] = (byte) (length >> 8);
        stored[5] = (byte) ~length;
        stored[6] = (byte) (~length >> 8);
        System.arraycopy(plain, from, stored, 7, length);
        Adler32 check = new Adler32();
        check.update(plain, from, length);
        long sum = check.getValue();
        for (int i = 0; i < 4; i++) {
            stored[7 + length + i] = (byte) (sum >> (24 - 8 * i));
        }
        return stored;
    }

    private static byte[] deflate(byte[] plain, int from, int length) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(plain, from, length);
            deflater.finish();
            byte[] packed = new byte[Box.MAX_VALUE];
            int size = deflater.deflate(packed);
            if (!deflater.finished()) {
                throw new IllegalStateException("a piece is longer compressed than a value may be");
            }
            return Arrays.copyOf(packed, size);
        } finally {
            deflater.end();
        }
    }
}
