package lychgate.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

class WeightTest {
    /** Bytes of the values that are made to see what one weighs: the rest of the heap is noise. */
    private static final int HEAP = 32 * 1024 * 1024;

    /** What clients can make of few bytes, each time anew, as a decoder makes it. */
    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("line", i -> List.of("look at the old gate " + i)),
                shape("wide text", i -> List.of("\u0434".repeat(100) + i)),
                shape("numbers", i -> List.of(i + 1e6, i + 1_000_000L, i - 1_000_000L)),
                shape("large number", i -> List.of(BigInteger.TEN.pow(200).add(BigInteger.ONE))),
                shape("nested lists", i -> List.of(List.of(List.of(List.of(i + 1_000L))))),
                shape("many lists", _ -> List.of(List.of(0L), List.of(1L), List.of(2L))),
                shape("nested tables", i -> List.of(Map.of("a" + i, Map.of("b" + i, Map.of())))),
                shape("table", i -> List.of(Map.of("a" + i, 0L, "b" + i, 1L, "c" + i, 2L))),
                shape("nothings", i -> List.of(List.of(), Map.of(), true, false, "" + i)));
    }

    private static Arguments shape(String name, IntFunction<List<?>> args) {
        IntFunction<CommandTuple> command =
                i -> new CommandTuple("name" + i, Values.list(args.apply(i)), Map.of());
        return Arguments.of(Named.of(name, command));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void commandsWeighWhatTheyTakeOfTheHeap(IntFunction<CommandTuple> shape) {
        int weight = Weight.of(shape.apply(0));
        Object[] kept = new Object[HEAP / weight];
        long before = used();
        for (int i = 0; i < kept.length; i++) {
            kept[i] = shape.apply(i);
        }
        double real = (double) (used() - before) / kept.length;
        assertTrue(
                weight > 0.8 * real && weight < 1.5 * real,
                () -> kept.length + " weigh " + weight + " and take " + real);
    }

    @Test
    void textsWeighTheirCharactersInOneByteOrTwo() {
        assertEquals(Weight.TEXT, Weight.of(""));
        assertEquals(Weight.TEXT + 3, Weight.of("f\u00fcr"));
        assertEquals(Weight.TEXT + 6, Weight.of("\u0434\u0430!"));
    }

    @Test
    void whatThereIsOnceWeighsNothing() {
        for (@Nullable Object value : new @Nullable Object[] {null, true, List.of(), Map.of()}) {
            assertEquals(0, Weight.of(value));
        }
    }

    @Test
    void containersWeighThoughNothingIsInThem() {
        assertEquals(2 * Weight.SINGLE, Weight.of(List.of(List.of(List.of()))));
        assertEquals(
                Weight.LIST + 2 * Weight.REFERENCE + Weight.SINGLE,
                Weight.of(List.of(List.of(List.of()), List.of())));
        assertEquals(Weight.TABLE + Weight.ENTRY + Weight.TEXT, Weight.of(Map.of("", Map.of())));
    }

    /** What is garbage has no weight. */
    private static long used() {
        for (int i = 0; i < 2; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
