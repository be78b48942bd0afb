package lychgate.session;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The closed set of values that a {@link CommandTuple} may hold: String, Boolean, Long, BigInteger
 * (only where a Long is too small), Double, null, and lists and tables of these.
 *
 * <p>Every codec (GMCP, MSDP, JSON, AMP) reads into this set and writes from it, with a switch over
 * exactly these types.
 */
public final class Values {
    /** Deepest nesting of lists and tables. Bounds the recursion of every writer. */
    public static final int MAX_DEPTH = 64;

    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private Values() {}

    /**
     * Converts a value to the closed set: smaller numbers become Long or Double, other collections
     * become lists, characters become strings. Lists and tables are copied and unmodifiable.
     *
     * @throws IllegalArgumentException if it cannot be converted or is nested too deeply
     */
    public static @Nullable Object of(@Nullable Object value) {
        return of(value, 0);
    }

    /** The same for a list of values. */
    public static List<@Nullable Object> list(Collection<? extends @Nullable Object> values) {
        return list(values, 0);
    }

    /** The same for a table. Keys that are not strings become strings. */
    public static Map<String, @Nullable Object> table(Map<?, ? extends @Nullable Object> values) {
        return table(values, 0);
    }

    /** The value as a person would read it; null is the empty string. */
    public static String text(@Nullable Object value) {
        return value == null ? "" : String.valueOf(value);
    }

    /**
     * Whether clients and games mean yes by it: true, a number other than 0, "true", "on", "yes",
     * "1".
     */
    public static boolean truth(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean b -> b;
            case Long n -> n != 0;
            case Double d -> d != 0;
            case String s ->
                    switch (s.strip().toLowerCase(java.util.Locale.ROOT)) {
                        case "true", "on", "yes", "1" -> true;
                        default -> false;
                    };
            default -> true;
        };
    }

    /** The value as an int, if it is a number (or the text of one) that fits; else null. */
    public static @Nullable Integer integer(@Nullable Object value) {
        try {
            return switch (value) {
                case Long n -> Math.toIntExact(n);
                case Double d when d == Math.rint(d) -> Math.toIntExact(d.longValue());
                case String s -> Integer.valueOf(s.strip());
                case null, default -> null;
            };
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Object of(@Nullable Object value, int depth) {
        return switch (value) {
            case null -> null;
            case String s -> s;
            case Boolean b -> b;
            case Long n -> n;
            case Double d -> d;
            case BigInteger n -> fits(n) ? (Object) n.longValue() : n;
            case Integer n -> (long) n;
            case Short n -> (long) n;
            case Byte n -> (long) n;
            case Float f -> (double) f;
            case BigDecimal d -> d.doubleValue();
            case Character c -> c.toString();
            case CharSequence s -> s.toString();
            case Collection<?> items -> list(items, depth + 1);
            case Object[] items -> list(Arrays.asList(items), depth + 1);
            case Map<?, ?> entries -> table(entries, depth + 1);
            default ->
                    throw new IllegalArgumentException(
                            value.getClass().getName() + " is not a value of a command");
        };
    }

    private static List<@Nullable Object> list(Collection<?> values, int depth) {
        if (values.isEmpty()) {
            return List.of();
        }
        checkDepth(depth);
        if (values.size() == 1) { // as each line that is typed: half the objects
            return Collections.singletonList(of(values.iterator().next(), depth));
        }
        List<@Nullable Object> list = new ArrayList<>(values.size());
        for (Object value : values) {
            list.add(of(value, depth));
        }
        return Collections.unmodifiableList(list);
    }

    private static Map<String, @Nullable Object> table(Map<?, ?> values, int depth) {
        if (values.isEmpty()) {
            return Map.of();
        }
        checkDepth(depth);
        Map<String, @Nullable Object> table = LinkedHashMap.newLinkedHashMap(values.size());
        values.forEach((key, value) -> table.put(String.valueOf(key), of(value, depth)));
        return Collections.unmodifiableMap(table);
    }

    private static void checkDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("a value is nested deeper than " + MAX_DEPTH);
        }
    }

    private static boolean fits(BigInteger n) {
        return n.compareTo(LONG_MIN) >= 0 && n.compareTo(LONG_MAX) <= 0;
    }
}
