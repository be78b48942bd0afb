package lychgate.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class ValuesTest {
    private static final BigInteger TOO_LARGE =
            BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE);

    @Test
    void valuesOfTheSetStayWhatTheyAre() {
        for (Object value : Arrays.asList("x", true, 5L, 1.5, TOO_LARGE, null)) {
            assertEquals(value, Values.of(value));
        }
    }

    @Test
    void othersBecomeTheNearestOfTheSet() {
        assertEquals(5L, Values.of((byte) 5));
        assertEquals(5L, Values.of(BigInteger.valueOf(5)));
        assertEquals(Long.MIN_VALUE, Values.of(BigInteger.valueOf(Long.MIN_VALUE)));
        assertEquals(0.25, Values.of(new BigDecimal("0.25")));
        assertEquals("x", Values.of('x'));
        assertEquals("abc", Values.of(java.nio.CharBuffer.wrap("abc")));
        assertEquals(List.of(1L, "a"), Values.of(new Object[] {1, "a"}));
        assertEquals(List.of("b", "a"), Values.of(new LinkedHashSet<>(List.of("b", "a"))));
    }

    @Test
    void keysBecomeStringsAndKeepTheirOrder() {
        Map<Object, @Nullable Object> table = new LinkedHashMap<>();
        table.put(2, "two");
        table.put("b", null);
        table.put('a', 1);
        assertEquals("{2=two, b=null, a=1}", Values.table(table).toString());
    }

    @Test
    void listsAndTablesAreCopiesThatCannotBeChanged() {
        List<Object> list = new ArrayList<>(List.of("a"));
        Map<String, Object> table = new HashMap<>(Map.of("k", list));
        List<@Nullable Object> listValue = Values.list(list);
        Map<String, @Nullable Object> tableValue = Values.table(table);
        list.add("b");
        table.clear();
        assertEquals(List.of("a"), listValue);
        assertEquals(Map.of("k", List.of("a")), tableValue);
        assertThrows(UnsupportedOperationException.class, () -> listValue.add("x"));
        assertThrows(UnsupportedOperationException.class, tableValue::clear);
    }

    @Test
    void whatHasNoPlaceInTheSetIsNamed() {
        IllegalArgumentException why =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Values.of(List.of(Map.of("k", new Object()))));
        assertEquals("java.lang.Object is not a value of a command", why.getMessage());
    }

    @Test
    void nestingEndsAtItsBound() {
        assertEquals(Values.MAX_DEPTH, depth(Values.of(nested(Values.MAX_DEPTH))));
        assertThrows(IllegalArgumentException.class, () -> Values.of(nested(Values.MAX_DEPTH + 1)));
    }

    @Test
    void endlessNestingIsRefusedInsteadOfFollowed() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        assertThrows(IllegalArgumentException.class, () -> Values.of(itself));
    }

    @Test
    void textIsWhatAPersonWouldRead() {
        assertEquals("", Values.text(null));
        assertEquals("x", Values.text("x"));
        assertEquals("5", Values.text(5L));
        assertEquals("true", Values.text(true));
        assertEquals("[a, b]", Values.text(List.of("a", "b")));
    }

    @Test
    void yesHasManyForms() {
        for (Object yes :
                List.of(true, 1L, -1L, 0.5, TOO_LARGE, "true", " ON ", "Yes", "1", List.of())) {
            assertTrue(Values.truth(yes), yes.toString());
        }
    }

    @Test
    void allElseIsNo() {
        for (Object no : Arrays.asList(null, false, 0L, 0.0, "", "0", "false", "off", "maybe")) {
            assertFalse(Values.truth(no), String.valueOf(no));
        }
    }

    @Test
    void wholeNumberIsOneHoweverItIsWritten() {
        assertEquals(7, Values.integer(7L));
        assertEquals(7, Values.integer(7.0));
        assertEquals(-7, Values.integer(" -7 "));
        assertEquals(Integer.MAX_VALUE, Values.integer(2147483647L));
    }

    @ParameterizedTest
    @MethodSource("notInts")
    void whatIsNoIntIsNone(@Nullable Object value) {
        assertNull(Values.integer(value));
    }

    static Stream<@Nullable Object> notInts() {
        return Stream.of(
                null,
                true,
                "",
                "x",
                "7.0",
                7.5,
                1e300,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                2147483648L,
                "2147483648",
                TOO_LARGE,
                List.of(7L),
                Map.of());
    }

    private static Object nested(int depth) {
        Object value = "x";
        for (int i = 0; i < depth; i++) {
            value = i % 2 == 0 ? List.of(value) : Map.of("k", value);
        }
        return value;
    }

    private static int depth(@Nullable Object value) {
        return switch (value) {
            case List<?> list -> 1 + depth(list.getFirst());
            case Map<?, ?> table -> 1 + depth(table.get("k"));
            case null, default -> 0;
        };
    }
}
