package lychgate.characters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.Seeded;
import lychgate.characters.TerminalInput.Unit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.List;

class TerminalInputTest {
    static final List<String> ANSWERS = TerminalAnswers.ALL;

    /** {@code ^} is ESC, {@code %} is CSI in C1, {@code !} is BEL. */
    @ParameterizedTest
    @CsvSource({
        "ab,              a b",
        "^[A,             [/A",
        "^[1;5D,          [1;5/D",
        "^[3~x,           [3/~ x",
        "^[3$x,           [3/$ x", // rxvt
        "^[?2026;1$yx,    [?2026;1$/y x",
        "^OAx,            O/A x",
        "^O5Cx,           O5/C x",
        "^bx,             ^b x",
        "^^[A,            [/A",
        "^[1^[A,          [/A", // cut off
        "^O^[201~,        [201/~",
        "^[^[201~,        [201/~",
        "^[[^[201~,       [201/~",
        "^[M#^[201~,      [201/~",
        "^]8;;^[201~,     [201/~",
        "^(^[201~,        [201/~",
        "^[1é,            é",
        "^]0;!x,          x",
        "^]0;^\\x,        x",
        "^Pq%1A,          [1/A",
        "%A,              [/A",
        "^[Mabcx,         x",
    })
    void controlFunctionEndsWhereItEnds(String sent, String units) {
        assertEquals(
                units,
                units(sent.replace('^', '\u001b').replace('%', '\u009b').replace('!', '\u0007')));
    }

    @ParameterizedTest
    @FieldSource("ANSWERS")
    void answerIsNoText(String answer) {
        String units = units("a" + answer + "b");
        assertEquals("a", units.substring(0, 1));
        assertEquals("b", units.substring(units.length() - 1));
        assertEquals(
                List.of(),
                List.of(units.split(" ")).subList(1, units.split(" ").length - 1).stream()
                        .filter(unit -> unit.length() == 1)
                        .toList());
    }

    @Test
    void lineEndCutsOffWhateverHadBegun() {
        for (String begun :
                List.of("\u001b", "\u001b[1;", "\u001bO", "\u001bPq", "\u001b]", "\u001b[M!")) {
            assertEquals("\r x", units(begun + "\rx"), begun);
        }
    }

    @Test
    void stringWithoutEndIsOverWhenItIsLong() {
        assertEquals("y", units("\u001b]" + "x".repeat(TerminalInput.MAX_STRING) + "y"));
    }

    @Test
    void whateverComesALineEndAndWhatIsBehindItAreRead() {
        Seeded.times(
                2_000,
                random -> {
                    StringBuilder sent = new StringBuilder();
                    for (int i = random.nextInt(30); i > 0; i--) {
                        sent.append(
                                "\u001b[]OPXM^_\\(;1$?<~A\u0007\u0018\u009b\u009d\u007fé"
                                        .charAt(random.nextInt(24)));
                    }
                    String units = units(sent + "\rx");
                    assertEquals("\r x", units.substring(units.length() - 3));
                });
    }

    private static String units(String sent) {
        TerminalInput input = new TerminalInput();
        StringBuilder units = new StringBuilder();
        sent.codePoints()
                .forEach(
                        codePoint -> {
                            Unit unit = input.next(codePoint);
                            if (unit != null) {
                                units.append(units.isEmpty() ? "" : " ").append(shown(unit));
                            }
                        });
        return units.toString();
    }

    private static String shown(Unit unit) {
        return switch (unit) {
            case Unit.Single(int codePoint) -> Character.toString(codePoint);
            case Unit.Escaped(int codePoint) -> "^" + Character.toString(codePoint);
            case Unit.Sequence(String parameters, char last) -> "[" + parameters + "/" + last;
            case Unit.Shifted(String parameters, char last) -> "O" + parameters + "/" + last;
        };
    }
}
