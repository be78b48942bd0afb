package lychgate.amp;

import lychgate.amp.Pickled.Bytes;
import lychgate.amp.Pickled.Items;
import lychgate.amp.Pickled.Opaque;
import lychgate.amp.Pickled.Tuple;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

/**
 * Writes a value as a pickle of protocol 4, which every Python since 3.4 reads: without the
 * optional frames, and without a memo, since nothing is shared. Never names a class.
 */
public final class PickleWriter {
    /** Deepest nesting that is written. */
    private static final int MAX_DEPTH = 128;

    private static final int PROTOCOL = 4;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    private PickleWriter() {}

    /**
     * Writes a value: null, Boolean, a whole number, Double, String, List, Map, or {@link Pickled};
     * an {@link Opaque} becomes None.
     */
    public static byte[] write(@Nullable Object value) {
        PickleWriter writer = new PickleWriter();
        writer.out.write(0x80);
        writer.out.write(PROTOCOL);
        writer.value(value, 0);
        writer.out.write('.');
        return writer.out.toByteArray();
    }

    private void value(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("a value is nested deeper than " + MAX_DEPTH);
        }
        switch (value) {
            case null -> out.write('N');
            case Boolean b -> out.write(b ? 0x88 : 0x89);
            case Integer n -> whole(n);
            case Long n -> whole(n);
            case BigInteger n -> big(n);
            case Double d -> {
                out.write('G');
                number(Long.reverseBytes(Double.doubleToLongBits(d)), 8);
            }
            case String s -> text(s);
            case Collection<?> list -> {
                out.write(']');
                items(list, 'e', depth);
            }
            case Map<?, ?> map -> map(map, depth);
            case Tuple(var items) -> tuple(items, depth);
            case Items(var items) -> {
                out.write(0x8f);
                items(items, 0x90, depth);
            }
            case Bytes(byte[] bytes) -> bytes(bytes);
            case Opaque _ -> out.write('N');
            default ->
                    throw new IllegalArgumentException(
                            value.getClass().getName() + " cannot be pickled");
        }
    }

    private void whole(long n) {
        if (n >= 0 && n <= 0xff) {
            out.write('K');
            number(n, 1);
        } else if (n >= 0 && n <= 0xffff) {
            out.write('M');
            number(n, 2);
        } else if (n == (int) n) {
            out.write('J');
            number(n, 4);
        } else {
            out.write(0x8a);
            number(8, 1);
            number(n, 8);
        }
    }

    private void big(BigInteger n) {
        byte[] bytes = n.toByteArray();
        if (bytes.length <= 0xff) {
            out.write(0x8a);
            number(bytes.length, 1);
        } else {
            out.write(0x8b);
            number(bytes.length, 4);
        }
        for (int i = bytes.length - 1; i >= 0; i--) {
            out.write(bytes[i]);
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= 0xff) {
            out.write(0x8c);
            number(bytes.length, 1);
        } else {
            out.write('X');
            number(bytes.length, 4);
        }
        out.writeBytes(bytes);
    }

    private void bytes(byte[] bytes) {
        if (bytes.length <= 0xff) {
            out.write('C');
            number(bytes.length, 1);
        } else {
            out.write('B');
            number(bytes.length, 4);
        }
        out.writeBytes(bytes);
    }

    private void tuple(Collection<?> items, int depth) {
        switch (items.size()) {
            case 0 -> out.write(')');
            case 1, 2, 3 -> {
                items.forEach(item -> value(item, depth + 1));
                out.write(0x84 + items.size());
            }
            default -> items(items, 't', depth);
        }
    }

    private void map(Map<?, ?> map, int depth) {
        out.write('}');
        if (!map.isEmpty()) {
            out.write('(');
            map.forEach(
                    (key, item) -> {
                        value(key, depth + 1);
                        value(item, depth + 1);
                    });
            out.write('u');
        }
    }

    private void items(Collection<?> items, int end, int depth) {
        if (!items.isEmpty()) {
            out.write('(');
            items.forEach(item -> value(item, depth + 1));
            out.write(end);
        }
    }

    /** A little-endian number of so many bytes. */
    private void number(long n, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (n >> (8 * i)));
        }
    }
}
