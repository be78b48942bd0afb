package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.session.CommandTuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

class CleanInputTest {

    @ParameterizedTest
    @ValueSource(
            chars = {
                0x00, 0x07, 0x0a, 0x0d, 0x1b, 0x7f, 0x80, 0x85, 0x9b, 0x9f, 0x202a, 0x202e, 0x2066,
                0x2069
            })
    void whatActsOnATerminalIsTakenOutOfALine(char acting) {
        assertEquals(CommandTuple.text("ab"), clean(CommandTuple.text("a" + acting + "b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb", "grüße", "漢字 😀", "‎marks‏", "|rred", "<b>", "\u00a0"})
    void whatIsReadStays(String line) {
        assertEquals(CommandTuple.text(line), clean(CommandTuple.text(line)));
    }

    @Test
    void everyStringOfACommandIsCleanedHoweverDeep() {
        CommandTuple command =
                CommandTuple.of("x", "a\u001b[2J", List.of("b\u0007", Map.of("c\u009b", "d\u202e")))
                        .kwarg("e\u0000", List.of("f\u007f"));
        CommandTuple cleaned =
                CommandTuple.of("x", "a[2J", List.of("b", Map.of("c", "d")))
                        .kwarg("e", List.of("f"));
        assertEquals(cleaned, clean(command));
    }

    @Test
    void valuesThatAreNoStringsStay() {
        CommandTuple command = CommandTuple.of("x", 1, 2.5, true, null).kwarg("y", null);
        assertEquals(command, clean(command));
    }

    @Test
    void lineEndStaysInOutOfBandValues() {
        CommandTuple command = CommandTuple.of("edit", "one\ntwo").kwarg("note\n", "three\nfour");
        assertEquals(command, clean(command));
    }

    @Test
    void lineEndDoesNotStayInALineHoweverItIsSaid() {
        CommandTuple line =
                CommandTuple.of("text", "say hi\nBob says no").kwarg("why", "no\nreason");
        assertEquals(
                CommandTuple.of("text", "say hiBob says no").kwarg("why", "noreason"), clean(line));
        assertEquals(CommandTuple.text("ab"), clean(CommandTuple.of("TEXT", "a\nb")));
        assertEquals(CommandTuple.text("ab"), clean(CommandTuple.of("te\u0007xt", "a\nb")));
        assertEquals(
                CommandTuple.of("text", "ab", "cd"),
                clean(CommandTuple.of("text", "a\nb", "c\nd")));
    }

    @Test
    void keysOfATerminalThatSendsWholeLinesTypeNothing() {
        assertEquals(
                CommandTuple.text("look"),
                clean(CommandTuple.text("lo\u001b[A\u001bOA\u001b[1;5Cok")));
        assertEquals(CommandTuple.text("[31mred"), clean(CommandTuple.text("\u001b[31mred")));
    }

    @Test
    void nameIsCleaned() {
        assertEquals(CommandTuple.of("ab"), clean(CommandTuple.of("a\u001b\nb")));
    }

    @Test
    void commandWhoseNameIsNothingButControlCharactersIsTheDefaultOne() {
        assertEquals(CommandTuple.of("default", 1), clean(CommandTuple.of("\u001b", 1)));
    }

    private static CommandTuple clean(CommandTuple command) {
        return CleanInput.of(command);
    }
}
