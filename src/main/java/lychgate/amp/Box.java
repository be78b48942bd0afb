package lychgate.amp;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
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
    private final boolean truncated;

    Box(Map<String, byte[]> values) {
        this(values, false);
    }

    Box(Map<String, byte[]> values, boolean truncated) {
        this.values = values;
        this.truncated = truncated;
    }

    /** Whether it was longer than allowed: then only its tag and its command are there. */
    public boolean isTruncated() {
        return truncated;
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
        int size = 2;
        for (Map.Entry<String, byte[]> each : values.entrySet()) {
            size += 4 + each.getKey().length() + each.getValue().length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        values.forEach(
                (key, value) -> {
                    putWithLength(out, key.getBytes(StandardCharsets.ISO_8859_1));
                    putWithLength(out, value);
                });
        return out.array(); // with the two zeros that end it
    }

    private static void putWithLength(ByteBuffer out, byte[] bytes) {
        out.putShort((short) bytes.length).put(bytes);
    }
}
