package lychgate.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are being written, in the notation that {@link ByteInput} reads. Not thread safe. */
final class ByteOutput {
    private static final int MORE = 0x80;
    private static final int SEVEN_BITS = 0x7f;

    private byte[] bytes;
    private int size;

    ByteOutput(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    ByteOutput octet(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Eight bytes, the most significant first. */
    ByteOutput fixed(long value) {
        reserve(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** A number as groups of seven bits, the least significant first: small ones take one byte. */
    ByteOutput number(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~SEVEN_BITS) != 0) {
            bytes[size++] = (byte) ((rest & SEVEN_BITS) | MORE);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /** A number that may be negative; numbers near zero take one byte. */
    ByteOutput signed(long value) {
        return number((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    ByteOutput flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    /** A text in UTF-8, behind its length in bytes. */
    ByteOutput text(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        return number(encoded.length).raw(encoded, 0, encoded.length);
    }

    ByteOutput raw(byte[] from, int offset, int length) {
        reserve(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
        return this;
    }

    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
