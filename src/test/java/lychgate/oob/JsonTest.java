package lychgate.oob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lychgate.session.CommandTuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
}
