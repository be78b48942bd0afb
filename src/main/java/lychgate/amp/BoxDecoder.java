package lychgate.amp;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Splits a byte stream into {@link Box}es; however it is cut into reads, the boxes are the same.
 * Not thread safe.
 *
 * <p>Each field is read into an array of its announced length, which two bytes bound; what a whole
 * box may take is bounded by {@link #most}.
 */
public final class BoxDecoder {
    /** Bytes that a key and value take up beside their own: so many tiny ones are no bomb. */
    private static final int EACH = 64;

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
    private Map<String, byte[]> values = new TreeMap<>();
    private long size;

    /**
     * @param most bytes that a box may have
     */
    public BoxDecoder(int most) {
        this.most = most;
    }

    /** Allows boxes of another length from now on. */
    public void most(int bytes) {
        most = bytes;
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
                Box box = new Box(values);
                values = new TreeMap<>();
                size = 0;
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
                    throw new MalformedException("a box is too long");
                }
                begin(Field.VALUE, new byte[length]);
                if (length == 0) {
                    return finished();
                }
            }
            case VALUE -> {
                values.put(key, bytes);
                begin(Field.KEY_LENGTH, number);
            }
        }
        return false;
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
