package lychgate.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteOutput} wrote. Total: whatever the bytes are, it returns a value or throws
 * {@link MalformedException}, and never allocates more than the bytes that are there allow. Not
 * thread safe.
 */
final class ByteInput {
    private final byte[] bytes;
    private final int end;
    private int at;

    ByteInput(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    ByteInput(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    boolean hasMore() {
        return at < end;
    }

    int remaining() {
        return end - at;
    }

    int octet() throws MalformedException {
        need(1);
        return bytes[at++] & 0xff;
    }

    long fixed() throws MalformedException {
        need(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << Byte.SIZE) | (bytes[at++] & 0xff);
        }
        return value;
    }

    long number() throws MalformedException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = octet();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedException("a number of more than ten bytes");
    }

    long signed() throws MalformedException {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A count of things that take at least a byte each. */
    int count() throws MalformedException {
        long count = number();
        if (count < 0 || count > remaining()) {
            throw new MalformedException("a count beyond the end");
        }
        return (int) count;
    }

    boolean flag() throws MalformedException {
        int value = octet();
        if (value > 1) {
            throw new MalformedException("neither yes nor no");
        }
        return value == 1;
    }

    String text() throws MalformedException {
        int length = count();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** Text without control characters, of so many characters at most: it is logged. */
    String line(int longest) throws MalformedException {
        String text = text();
        if (text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw new MalformedException("not a line of text, or too long");
        }
        return text;
    }

    byte[] raw(int length) throws MalformedException {
        need(length);
        byte[] raw = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return raw;
    }

    private void need(int count) throws MalformedException {
        if (count < 0 || count > remaining()) {
            throw new MalformedException("it ends too early");
        }
    }
}
