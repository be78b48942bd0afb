package lychgate.amp;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
    /**
     * Longest key. The first byte of its length is always 0, which tells AMP from other protocols.
     */
    static final int MAX_KEY = 0xff;

    /** Longest value: its length has two bytes. */
    static final int MAX_VALUE = 0xffff;

    /** A box with nothing in it. */
    public static final Box EMPTY = new Box(new String[0], new byte[0][], false);

    private final String[] keys; // in order: Twisted writes them so
    private final byte[][] values;
    private final boolean truncated;

    private Box(String[] keys, byte[][] values, boolean truncated) {
        this.keys = keys;
        this.values = values;
        this.truncated = truncated;
    }

    /** A box with these entries. If a key occurs twice, the last value counts. */
    static Box of(List<String> keys, List<byte[]> values, boolean truncated) {
        if (isInOrder(keys)) {
            return new Box(keys.toArray(String[]::new), values.toArray(byte[][]::new), truncated);
        }
        TreeMap<String, byte[]> inOrder = new TreeMap<>();
        for (int i = 0; i < keys.size(); i++) {
            inOrder.put(keys.get(i), values.get(i));
        }
        return new Box(
                inOrder.keySet().toArray(String[]::new),
                inOrder.values().toArray(byte[][]::new),
                truncated);
    }

    private static boolean isInOrder(List<String> keys) {
        for (int i = 1; i < keys.size(); i++) {
            if (keys.get(i - 1).compareTo(keys.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether it was longer than allowed. Then it holds only its tag and its command. */
    public boolean isTruncated() {
        return truncated;
    }

    /** This box with another value. */
    public Box with(String key, byte[] value) {
        if (key.isEmpty() || key.length() > MAX_KEY || value.length > MAX_VALUE) {
            throw new IllegalArgumentException(key + " does not fit into a box");
        }
        int found = Arrays.binarySearch(keys, key);
        if (found >= 0) {
            byte[][] others = values.clone();
            others[found] = value;
            return new Box(keys, others, false);
        }
        int at = -found - 1;
        String[] moreKeys = new String[keys.length + 1];
        byte[][] moreValues = new byte[keys.length + 1][];
        System.arraycopy(keys, 0, moreKeys, 0, at);
        System.arraycopy(values, 0, moreValues, 0, at);
        moreKeys[at] = key;
        moreValues[at] = value;
        System.arraycopy(keys, at, moreKeys, at + 1, keys.length - at);
        System.arraycopy(values, at, moreValues, at + 1, keys.length - at);
        return new Box(moreKeys, moreValues, false);
    }

    /** This box with another text. */
    public Box with(String key, String value) {
        return with(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The value of a key; null if there is none. */
    public byte @Nullable [] get(String key) {
        int found = Arrays.binarySearch(keys, key);
        return found < 0 ? null : values[found];
    }

    /** The value of a key as text; null if there is none. */
    public @Nullable String text(String key) {
        byte[] value = get(key);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    /** The box in bytes. */
    public byte[] encode() {
        int size = 2;
        for (int i = 0; i < keys.length; i++) {
            size += 4 + keys[i].length() + values[i].length;
        }
        byte[] out = new byte[size]; // ends with two zeros
        int at = 0;
        for (int i = 0; i < keys.length; i++) {
            String key = keys[i];
            at = putLength(out, at, key.length());
            for (int c = 0; c < key.length(); c++) {
                out[at++] = (byte) key.charAt(c);
            }
            byte[] value = values[i];
            at = putLength(out, at, value.length);
            System.arraycopy(value, 0, out, at, value.length);
            at += value.length;
        }
        return out;
    }

    private static int putLength(byte[] out, int at, int length) {
        out[at] = (byte) (length >> 8);
        out[at + 1] = (byte) length;
        return at + 2;
    }
}
