package lychgate.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class CommandTupleTest {

    @Test
    void nullIsAnArgument() {
        assertEquals(Arrays.asList((Object) null), CommandTuple.of("cmd").arg(null).args());
        assertEquals(List.of(), CommandTuple.of("cmd").args());
    }

    @Test
    void numbersAreBroughtIntoTheClosedSet() {
        CommandTuple tuple =
                CommandTuple.of("cmd", 1, (short) 2, 3.5f, BigInteger.TEN, BigInteger.TWO.pow(70));
        assertEquals(List.of(1L, 2L, 3.5, 10L, BigInteger.TWO.pow(70)), tuple.args());
    }

    @Test
    void whatIsChangedAfterwardsDoesNotChangeTheTuple() {
        List<Object> inner = new ArrayList<>(List.of("a"));
        Map<String, Object> table = new HashMap<>(Map.of("k", inner));
        CommandTuple tuple = new CommandTuple("cmd", List.of(inner), Map.of("t", table));
        inner.add("b");
        table.clear();
        assertEquals(List.of(List.of("a")), tuple.args());
        assertEquals(Map.of("t", Map.of("k", List.of("a"))), tuple.kwargs());
    }

    @Test
    void tupleCannotBeChanged() {
        CommandTuple tuple = CommandTuple.of("cmd", List.of("a"), Map.of("k", "v"));
        assertThrows(UnsupportedOperationException.class, () -> tuple.args().add("x"));
        List<?> inner = assertInstanceOf(List.class, tuple.argument(0));
        assertThrows(UnsupportedOperationException.class, inner::removeFirst);
    }

    @Test
    void whatIsNotAValueIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> CommandTuple.of("cmd", new Object()));
        assertThrows(IllegalArgumentException.class, () -> CommandTuple.of(""));
    }

    @Test
    void nestingIsBounded() {
        Object deep = "x";
        for (int i = 0; i < Values.MAX_DEPTH + 1; i++) {
            deep = List.of(deep);
        }
        Object tooDeep = deep;
        assertThrows(IllegalArgumentException.class, () -> CommandTuple.of("cmd", tooDeep));
    }

    @Test
    void namesHaveNoCaseWhereTheyAreLookedUp() {
        assertTrue(CommandTuple.of("Client_Options").is("client_options"));
    }

    @Test
    void listsAmongTheArgumentsAreOpenedWhereNamesAreWanted() {
        assertEquals(
                List.of("HEALTH", "ROOM", "5"),
                CommandTuple.of("report", List.of("HEALTH", "ROOM"), 5).names());
    }

    @Test
    void outputIsSortedToTextPromptAndTheRest() {
        assertEquals(new Output.Text("hi", OutputOptions.NONE), Output.of(CommandTuple.text("hi")));
        assertEquals(
                new Output.Prompt("> ", OutputOptions.NONE.with(OutputOption.ECHO, false)),
                Output.of(CommandTuple.of("prompt", "> ").kwarg("options", Map.of("echo", false))));
        assertEquals(
                new Output.Oob(CommandTuple.of("room_info").kwarg("name", "Porch")),
                Output.of(
                        CommandTuple.of("room_info")
                                .kwarg("name", "Porch")
                                .kwarg("options", Map.of("raw", true))));
    }

    @Test
    void keywordIsSetInItsPlaceAndTakenAway() {
        CommandTuple tuple = CommandTuple.of("cmd").kwarg("a", 1).kwarg("b", 2).kwarg("a", 3);
        assertEquals("{a=3, b=2}", tuple.kwargs().toString());
        assertEquals("{b=2}", tuple.without("a").kwargs().toString());
        assertSame(tuple, tuple.without("c"));
    }

    @Test
    void argumentThatIsNotThereIsNull() {
        assertEquals("a", CommandTuple.of("cmd", "a").argument(0));
        assertNull(CommandTuple.of("cmd", "a").argument(1));
    }

    @Test
    void textIsTheInBandCommand() {
        assertTrue(CommandTuple.text("hello").is("TEXT"));
        assertEquals(List.of("hello"), CommandTuple.text("hello").args());
    }
}
