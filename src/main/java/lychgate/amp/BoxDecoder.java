package lychgate.amp;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits a byte stream into {@link Box}es; however it is cut into reads, the boxes are the same.
 * Not thread safe.
 *
 * <p>Each field is read into an array of its announced length, which is two bytes and so bounded; a
 * whole box is bounded by {@link #limitTo}.
 */
public final class BoxDecoder {
    /** Overhead that is counted for each entry, so that many tiny ones cannot fill the memory. */
    private static final int ENTRY_OVERHEAD = 64;

    /** Keys kept of a box that is too long: enough to answer it, or to know what it answers. */
    private static final Set<String> KEPT = Set.of("_ask", "_command", "_answer", "_error");

    /** Longest value that is kept of such a box. */
    private static final int MAX_KEPT = 0xff;

    private enum Field {
        KEY_LENGTH,
        KEY,
        VALUE_LENGTH,
        VALUE
    }

    private Bound bound;
    private Field field = Field.KEY_LENGTH;
    private final byte[] number = new byte[2];
    private byte[] bytes = number;
    private int read;
    private String key = "";
    private final List<String> keys = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();
    private long size;
    private boolean tooLong;

    /**
     * @param most longest box in bytes
     * @param truncates whether a longer one is read to its end, or ends the stream
     */
    private record Bound(int most, boolean truncates) {}

    /**
     * @param most longest box in bytes
     */
    public BoxDecoder(int most) {
        bound = new Bound(most, false);
    }

    /**
     * Changes the longest box allowed. From now on a longer one does not end the stream: it is read
     * to its end and returned {@linkplain Box#isTruncated truncated}.
     */
    public void limitTo(int bytes) {
        bound = new Bound(bytes, true);
    }

    /**
     * The next box, or null if the buffer does not complete one; what it holds is remembered.
     *
     * @throws MalformedException if it is not AMP: nothing that follows can be read
     */
    public @Nullable Box next(ByteBuffer in) throws MalformedException {
        while (in.hasRemaining()) {
            int length = Math.min(in.remaining(), bytes.length - read);
            in.get(bytes, read, length);
            read += length;
            if (read == bytes.length && finished()) {
                Box box = Box.of(keys, values, tooLong);
                keys.clear();
                values.clear();
                size = 0;
                tooLong = false;
                return box;
            }
        }
        return null;
    }

    /** Handles a field that has been read. Returns whether it ended a box. */
    private boolean finished() throws MalformedException {
        switch (field) {
            case KEY_LENGTH -> {
                int length = number();
                if (length > Box.MAX_KEY) {
                    throw new MalformedException("not AMP: a key is too long");
                }
                if (length == 0) {
                    begin(Field.KEY_LENGTH, number);
                    return true;
                }
                begin(Field.KEY, new byte[length]);
            }
            case KEY -> {
                key = new String(bytes, StandardCharsets.ISO_8859_1);
                begin(Field.VALUE_LENGTH, number);
            }
            case VALUE_LENGTH -> {
                int length = number();
                size += length + ENTRY_OVERHEAD;
                if (size > bound.most) {
                    exceeded();
                }
                begin(Field.VALUE, new byte[length]);
                if (length == 0) {
                    return finished();
                }
            }
            case VALUE -> {
                if (!tooLong) {
                    keys.add(key);
                    values.add(bytes);
                } else {
                    keep(key, bytes);
                }
                begin(Field.KEY_LENGTH, number);
            }
        }
        return false;
    }

    private void exceeded() throws MalformedException {
        if (!bound.truncates) {
            throw new MalformedException("a box is too long");
        }
        if (!tooLong) {
            tooLong = true;
            List<String> readKeys = List.copyOf(keys);
            List<byte[]> readValues = List.copyOf(values);
            keys.clear();
            values.clear();
            for (int i = 0; i < readKeys.size(); i++) {
                keep(readKeys.get(i), readValues.get(i));
            }
        }
    }

    /** Keeps a value of a box that is too long, if its key is one of the few that are kept. */
    private void keep(String field, byte[] value) {
        if (!KEPT.contains(field) || value.length > MAX_KEPT) {
            return;
        }
        int before = keys.indexOf(field);
        if (before >= 0) {
            values.set(before, value);
        } else {
            keys.add(field);
            values.add(value);
        }
    }

    private int number() {
        return ((number[0] & 0xff) << 8) | (number[1] & 0xff);
    }

    private void begin(Field next, byte[] into) {
        field = next;
        bytes = into;
        read = 0;
    }
}
