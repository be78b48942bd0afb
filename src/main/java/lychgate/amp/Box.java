package lychgate.amp;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The unit of AMP: keys and values, each with its length before it, and an empty key at the end.
 *
 * <pre>
 * +---------+-----+---------+-------+     +----+----+
 * | len(2)  | key | len(2)  | value | ... | 00 | 00 |
 * +---------+-----+---------+-------+     +----+----+
 * </pre>
 *
 * <p>Immutable, as long as nobody changes the arrays that are handed in and out.
 */
public final class Box {
    /** Longest key: its length's first byte is always 0, by which other protocols are told. */
    static final int MAX_KEY = 0xff;

    /** Longest value: its length has two bytes. */
    static final int MAX_VALUE = 0xffff;

    /** A box with nothing in it. */
    public static final Box EMPTY = new Box(Collections.emptyMap());

    private final Map<String, byte[]> values; // keys in order: Twisted writes them so

    Box(Map<String, byte[]> values) {
        this.values = values;
    }

    /** This box with one value more. */
    public Box with(String key, byte[] value) {
        if (key.isEmpty() || key.length() > MAX_KEY || value.length > MAX_VALUE) {
            throw new IllegalArgumentException(key + " does not fit into a box");
        }
        Map<String, byte[]> more = new TreeMap<>(values);
        more.put(key, value);
        return new Box(more);
    }

    /** This box with one text more. */
    public Box with(String key, String value) {
        return with(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The value of a key; null where there is none. */
    public byte @Nullable [] get(String key) {
        return values.get(key);
    }

    /** The value of a key as text; null where there is none. */
    public @Nullable String text(String key) {
        byte[] value = get(key);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    /** As it goes over the wire. */
    public byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        values.forEach(
                (key, value) -> {
                    writeWithLength(out, key.getBytes(StandardCharsets.ISO_8859_1));
                    writeWithLength(out, value);
                });
        out.write(0);
        out.write(0);
        return out.toByteArray();
    }

    private static void writeWithLength(ByteArrayOutputStream out, byte[] bytes) {
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }
}
