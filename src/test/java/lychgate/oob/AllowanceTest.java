package lychgate.oob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.CommandTuple;
import lychgate.session.Weight;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** In MSDP, {@code $} is VAR, {@code =} VAL, <code>{ }</code> a table, {@code [ ]} an array. */
class AllowanceTest {
    /** Bytes of the longest message. */
    private static final int WIRE = 65_536;

    /** What a command holds beside its values. */
    private static final int FRAME = 1_000;

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "[ -> [0] -> ]",
                "[ -> [] -> ]",
                "[ -> {} -> ]",
                "[ -> {\"\":0} -> ]",
                "[ -> {\"\":{\"\":{\"\":[]}}} -> ]",
                "[ -> [[[[[[[[0]]]]]]]] -> ]",
                "[ -> 1.5 -> ]",
                "[ -> 0 -> ]",
                "[ -> null -> ]",
                "[ -> \"\" -> ]",
                "{ -> \"#\":[0] -> }",
                "{ -> \"#\":0 -> }",
            })
    void jsonThatSwellsInMemoryIsDropped(String begin, String piece, String end) {
        StringBuilder json = new StringBuilder(begin);
        for (int i = 0; json.length() < WIRE - 100; i++) {
            json.append(i == 0 ? "" : ",").append(piece.replace("#", Integer.toString(i, 36)));
        }
        isTooMuch("x " + json.append(end));
        isTooMuch("x [" + json + ",{}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "=[=]", "={$k=}", "=[=[=[=]]]", "$#=", "$#=[=]", "$#={$k=}"})
    void msdpThatSwellsInMemoryIsDropped(String piece) {
        StringBuilder message = new StringBuilder("$x=v");
        for (int i = 0; message.length() < WIRE - 100; i++) {
            message.append(piece.replace("#", Integer.toString(i, 36)));
        }
        MalformedException why =
                assertThrows(MalformedException.class, () -> msdp(message.toString()));
        assertEquals("oob_too_much", why.kind("msdp"));
    }

    @Test
    void whatIsReadWeighsNoMoreThanItsCharactersAndTheAllowance() throws Exception {
        for (String piece : List.of("0", "1.5", "\"\"", "[0]", "{\"\":0}", "[[[]]]", "null")) {
            assertTrue(heaviest(piece) < Allowance.MAX_BYTES + 2 * WIRE + FRAME, piece);
        }
    }

    @Test
    void longestTextIsRead() throws Exception {
        String text = "\u0434".repeat((WIRE - 10) / 2);
        assertEquals(text, gmcp("x \"" + text + '"').argument(0));
        assertEquals(text, msdp("$x=" + text).getFirst().argument(0));
    }

    @Test
    void whatClientsSendIsRead() throws Exception {
        String packages =
                IntStream.range(0, 500)
                        .mapToObj(i -> "\"Char.Skills" + i + " 1\"")
                        .collect(Collectors.joining(","));
        assertEquals(500, gmcp("Core.Supports.Set [" + packages + "]").args().size());
        String settings =
                IntStream.range(0, 100)
                        .mapToObj(i -> "\"option" + i + "\":{\"on\":true,\"n\":" + i + "}")
                        .collect(Collectors.joining(","));
        assertEquals(100, gmcp("webclient_options {" + settings + "}").kwargs().size());
        String names =
                IntStream.range(0, 500).mapToObj(i -> "=V" + i).collect(Collectors.joining());
        assertEquals(500, msdp("$REPORT=[" + names + "]").getFirst().args().size());
    }

    @Test
    void whatComesFromOurOwnSideHasNoBound() throws Exception {
        String rows = "[" + String.join(",", Collections.nCopies(100_000, "{\"id\":1}")) + "]";
        assertThrows(MalformedException.class, () -> Json.read(rows));
        assertTrue(Json.readOurs(rows) instanceof List<?> list && list.size() == 100_000);
    }

    /** Names would be kept for all: by Jackson in a table, by the JVM as interned strings. */
    @Test
    void namesThatAClientChoosesAreKeptByNobodyElse() throws Exception {
        String message = "x {\"chosen\":1}";
        assertNotSame(firstKey(gmcp(message)), firstKey(gmcp(message)));
    }

    private static String firstKey(CommandTuple command) {
        return command.kwargs().keySet().iterator().next();
    }

    @Test
    void whatIsOnlyWrongIsCountedAsThat() {
        MalformedException why = assertThrows(MalformedException.class, () -> gmcp("x {bad"));
        assertEquals("gmcp", why.kind("gmcp"));
    }

    /** What the longest list of such pieces weighs that is read. */
    private static int heaviest(String piece) throws MalformedException {
        int most = 1;
        while (isRead(list(piece, 2 * most))) {
            most *= 2;
        }
        for (int step = most / 2; step > 0; step /= 2) {
            most += isRead(list(piece, most + step)) ? step : 0;
        }
        assertFalse(isRead(list(piece, most + 1)));
        return Weight.of(gmcp(list(piece, most)));
    }

    private static String list(String piece, int times) {
        return "x [" + String.join(",", Collections.nCopies(times, piece)) + "]";
    }

    private static boolean isRead(String message) {
        try {
            gmcp(message);
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    private static void isTooMuch(String message) {
        MalformedException why = assertThrows(MalformedException.class, () -> gmcp(message));
        assertEquals("oob_too_much", why.kind("gmcp"));
    }

    private static CommandTuple gmcp(String message) throws MalformedException {
        return Gmcp.decode(message.getBytes(StandardCharsets.UTF_8));
    }

    private static List<CommandTuple> msdp(String signs) throws MalformedException {
        return Msdp.decode(
                signs.replace('$', '\u0001')
                        .replace('=', '\u0002')
                        .replace('{', '\u0003')
                        .replace('}', '\u0004')
                        .replace('[', '\u0005')
                        .replace(']', '\u0006')
                        .getBytes(StandardCharsets.UTF_8));
    }
}
