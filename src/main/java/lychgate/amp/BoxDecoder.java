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
 * <p>Each field is read into an array of its announced length, which two bytes bound; what a whole
 * box may take is bounded by {@link #limitTo}.
 */
public final class BoxDecoder {
    /** Bytes that a key and value take up beside their own: so many tiny ones are no bomb. */
    private static final int EACH = 64;

    /** What is kept of a box that is too long: enough to answer it, or to know what it answers. */
    private static final Set<String> KEPT = Set.of("_ask", "_command", "_answer", "_error");

    /** Bytes of a value that is kept of such a box. */
    private static final int MAX_KEPT = 0xff;

    private enum Field {
        KEY_LENGTH,
        KEY,
        VALUE_LENGTH,
        VALUE
    }

    private int most;
    private Field field = Field.KEY_LENGTH;
    private final byte[] number = new byte[2];
    private byte[] bytes = number;
    private int read;
    private String key = "";
    private final List<String> keys = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();
    private long size;
    private boolean truncates;
    private boolean tooLong;

    /**
     * @param most bytes that a box may have
     */
    public BoxDecoder(int most) {
        this.most = most;
    }

    /**
     * Allows boxes of another length from now on. A longer one no longer ends the stream: it is
     * read to its end, and returned {@linkplain Box#isTruncated truncated}.
     */
    public void limitTo(int bytes) {
        most = bytes;
        truncates = true;
    }

    /**
     * The next box, or null when the buffer holds no whole one; what it holds is remembered.
     *
     * @throws MalformedException if it is not AMP: nothing that follows has a meaning
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

    /** A field has been read; whether it was the last of a box. */
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
                size += length + EACH;
                if (size > most) {
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
        if (!truncates) {
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

    /** Keeps a value of a box that is too long, if it is one of the few that are: each once. */
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
