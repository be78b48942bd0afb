package lychgate.telnet;

import java.util.Arrays;

/** A growing sequence of bytes. Not thread safe. */
public final class ByteBuilder {
    private static final byte[] EMPTY = {};

    private byte[] bytes = EMPTY;
    private int size;

    /** Appends one byte: the low eight bits. */
    public void add(int b) {
        grow(1);
        bytes[size++] = (byte) b;
    }

    /** Appends bytes. */
    public void add(byte[] more, int from, int length) {
        grow(length);
        System.arraycopy(more, from, bytes, size, length);
        size += length;
    }

    /** Appends bytes. */
    public void add(byte[] more) {
        add(more, 0, more.length);
    }

    /** The number of bytes. */
    public int size() {
        return size;
    }

    /** Bytes of memory allocated for them. */
    public int capacity() {
        return bytes.length;
    }

    /** The last byte, 0 to 255, or -1 if there is none. */
    public int last() {
        return size == 0 ? -1 : bytes[size - 1] & 0xff;
    }

    /** The last bytes, at most this many. */
    public byte[] tail(int most) {
        return Arrays.copyOfRange(bytes, Math.max(0, size - most), size);
    }

    /** Removes the last bytes. */
    public void removeLast(int count) {
        size = Math.max(0, size - count);
    }

    /** Returns the bytes and starts over. An empty builder holds no memory. */
    public byte[] take() {
        byte[] taken = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        clear();
        return taken;
    }

    /** Removes everything. */
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
