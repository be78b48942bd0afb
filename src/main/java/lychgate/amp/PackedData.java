package lychgate.amp;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Evennia's compressed argument: the bytes are cut into pieces, each compressed on its own (zlib,
 * RFC 1950), under the keys {@code packed_data}, {@code packed_data.2}, {@code packed_data.3}, …
 */
public final class PackedData {
    private static final String KEY = "packed_data";

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

    /**
     * The bytes that are in the box.
     *
     * @param most bytes that there may be
     * @throws MalformedException if there are none, they are more, or not zlib
     */
    public static byte[] get(Box box, int most) throws MalformedException {
        byte[] piece = box.get(KEY);
        if (piece == null) {
            throw new MalformedException("a box without packed_data");
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream(4 * piece.length + 64);
        Inflater inflater = new Inflater();
        try {
            for (int number = 2; piece != null; number++) {
                inflater.reset();
                inflate(inflater, piece, plain, most);
                piece = box.get(KEY + "." + number);
            }
        } finally {
            inflater.end();
        }
        return plain.toByteArray();
    }

    private static void inflate(
            Inflater inflater, byte[] piece, ByteArrayOutputStream plain, int most)
            throws MalformedException {
        byte[] buffer = new byte[Math.min(8_192, 4 * piece.length + 64)];
        inflater.setInput(piece);
        try {
            while (!inflater.finished()) {
                int length = inflater.inflate(buffer);
                if (length == 0 && !inflater.finished()) {
                    throw new MalformedException("packed_data is cut off");
                }
                if (plain.size() + length > most) {
                    throw new MalformedException("packed_data is too long");
                }
                plain.write(buffer, 0, length);
            }
        } catch (DataFormatException e) {
            throw new MalformedException("packed_data is not zlib");
        }
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
