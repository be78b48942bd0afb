package lychgate.session;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * The approximate size of commands and their values on the heap, in bytes, for bounds on what is
 * kept. Two bytes on the wire can be a hundred here.
 *
 * <p>Calculated for the objects that {@link Values} creates, on a 64-bit JVM with compressed
 * references (4 bytes) and object headers of 12 bytes, sizes rounded up to 8. With compact headers
 * they are a little smaller.
 */
public final class Weight {
    /** A reference in a list. */
    public static final int REFERENCE = 4;

    /** A boxed number. */
    public static final int NUMBER = 24;

    /** A text without its characters: the string, and the header of its array. */
    public static final int TEXT = 24 + 16;

    /**
     * A list without its items: the unmodifiable wrapper, the list, and the header of its array.
     */
    public static final int LIST = 24 + 24 + 16;

    /** A list of one item, without that. */
    public static final int SINGLE = 24;

    /** A table without its entries: the unmodifiable wrapper, the map, and its smallest array. */
    public static final int TABLE = 32 + 56 + 24;

    /** A table entry, and its share of the table's array. */
    public static final int ENTRY = 40 + 2 * REFERENCE;

    /** A command without its name, arguments and keywords, and its slot in a queue. */
    public static final int COMMAND = 24 + 24;

    /** A large number without its digits. */
    private static final int LARGE_NUMBER = 40 + 16;

    private static final int LAST_OF_LATIN_1 = 0xff;

    private Weight() {}

    /** The size of a command. */
    public static int of(CommandTuple command) {
        return COMMAND + text(command.name()) + of(command.args()) + of(command.kwargs());
    }

    /** The size of a value, including everything in it. */
    public static int of(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case Boolean _ -> 0; // there are two
            case String text -> text(text);
            case BigInteger number -> LARGE_NUMBER + number.bitLength() / Byte.SIZE;
            case List<?> items -> list(items);
            case Map<?, ?> entries -> table(entries);
            default -> NUMBER;
        };
    }

    /** The size of a text: one byte per character if all are Latin-1, else two. */
    public static int text(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > LAST_OF_LATIN_1) {
                return TEXT + 2 * text.length();
            }
        }
        return TEXT + text.length();
    }

    private static int list(List<?> items) {
        if (items.isEmpty()) {
            return 0; // there is one
        }
        if (items.size() == 1) {
            return SINGLE + of(items.getFirst());
        }
        int weight = LIST;
        for (Object item : items) {
            weight += REFERENCE + of(item);
        }
        return weight;
    }

    private static int table(Map<?, ?> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        int weight = TABLE;
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            weight += ENTRY + of(entry.getKey()) + of(entry.getValue());
        }
        return weight;
    }
}
