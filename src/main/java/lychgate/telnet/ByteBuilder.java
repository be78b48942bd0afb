package lychgate.telnet;

import java.util.Arrays;

/** Bytes that are still being put together. Grows as needed; not thread safe. */
public final class ByteBuilder {
    private static final byte[] EMPTY = {};

    private byte[] bytes = EMPTY;
    private int size;

    /** Adds one byte: the low eight bits. */
    public void add(int b) {
        grow(1);
        bytes[size++] = (byte) b;
    }

    /** Adds bytes. */
    public void add(byte[] more, int from, int length) {
        grow(length);
        System.arraycopy(more, from, bytes, size, length);
        size += length;
    }

    /** Adds bytes. */
    public void add(byte[] more) {
        add(more, 0, more.length);
    }

    /** How many bytes there are. */
    public int size() {
        return size;
    }

    /** Bytes of memory that it has taken for them. */
    public int capacity() {
        return bytes.length;
    }

    /** The last byte, 0 to 255, or -1 where there is none. */
    public int last() {
        return size == 0 ? -1 : bytes[size - 1] & 0xff;
    }

    /** The last bytes, so many at most. */
    public byte[] tail(int most) {
        return Arrays.copyOfRange(bytes, Math.max(0, size - most), size);
    }

    /** Takes the last bytes away. */
    public void removeLast(int count) {
        size = Math.max(0, size - count);
    }

    /** Gives the bytes and begins anew. An idle builder holds no memory. */
    public byte[] take() {
        byte[] taken = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        clear();
        return taken;
    }

    /** Begins anew. */
    public void clear() {
        bytes = EMPTY;
        size = 0;
    }

    private void grow(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, Math.max(64, 2 * bytes.length)));
        }
    }
}
