package lychgate.oob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lychgate.session.CommandTuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "0",
                "-5",
                "12345678901234567890123",
                "1.5",
                "\"\"",
                "\"grüße 😀\"",
                "\"a\\\"b\\\\c\"",
                "\"\\u001b\"",
                "[]",
                "{}",
                "[1,[2,null],{\"a\":{}}]",
                "{\"b\":1,\"a\":[true]}"
            })
    void whatIsReadIsWrittenTheSame(String json) throws Exception {
        assertEquals(json.replace("\\u001b", "\\u001B"), Json.write(Json.read(json)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{bad",
                "[1,2",
                "\"open",
                "{\"a\":1}}",
                "1 2",
                "nan",
                "NaN",
                "1e999999",
                "'a'",
                "[1,]",
                "{a:1}",
                "]",
                "\"\u0001\""
            })
    void whatIsNotJsonIsMalformed(String json) {
        assertThrows(MalformedException.class, () -> Json.read(json));
    }

    @Test
    void nestingAndDigitsAreBounded() throws Exception {
        Json.read("[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH));
        String deeper = "[".repeat(Json.MAX_DEPTH + 1) + "]".repeat(Json.MAX_DEPTH + 1);
        assertThrows(MalformedException.class, () -> Json.read(deeper));
        assertThrows(MalformedException.class, () -> Json.read("[".repeat(100_000)));
        assertThrows(MalformedException.class, () -> Json.read("9".repeat(2_000)));
    }

    @Test
    void commandIsNameArgsAndKwargs() {
        assertEquals(
                "[\"room_info\",[1,null],{\"name\":\"Porch\"}]",
                Json.write(CommandTuple.of("room_info", 1, null).kwarg("name", "Porch")));
    }

    @Test
    void valuesMayStandOneBehindTheOther() throws Exception {
        assertEquals(List.of(), Json.sequence(" ", 2));
        assertEquals(List.of(List.of(1L), Map.of("k", "v")), Json.sequence("[1]{\"k\":\"v\"}", 2));
        assertEquals(Arrays.asList(1L, null), Json.sequence(" 1 null ", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 2 3", "[1] {", "[1] x", "[1],[2]", "]", "1e999"})
    void sequenceThatIsTooLongOrNotWholeIsMalformed(String json) {
        assertThrows(MalformedException.class, () -> Json.sequence(json, 2));
    }

    @Test
    void laterOfTwoEqualKeysCounts() throws Exception {
        assertEquals(Map.of("a", 2L), Json.read("{\"a\":1,\"a\":2}"));
    }

    @Test
    void numberThatJsonHasNoWordForIsNull() {
        assertEquals("[null,null]", Json.write(List.of(Double.NaN, Double.NEGATIVE_INFINITY)));
    }

    @Test
    void whatIsNotAValueIsNotWritten() {
        assertThrows(IllegalArgumentException.class, () -> Json.write(new Object()));
    }

    @Test
    void complaintHoldsNothingOfWhatTheClientSent() {
        MalformedException why =
                assertThrows(MalformedException.class, () -> Json.read("xyzzy\u001b[2J"));
        assertEquals("not JSON", why.getMessage());
        assertEquals(0, why.getStackTrace().length);
    }
}
