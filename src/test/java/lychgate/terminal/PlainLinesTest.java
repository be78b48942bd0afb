package lychgate.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.characters.TerminalAnswers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.ArrayList;
import java.util.List;

class PlainLinesTest {
    static final List<String> ANSWERS = TerminalAnswers.ALL;

    private final List<String> events = new ArrayList<>();
    private final PlainLines program = new PlainLines(new Recording(), 10, false);
    private final PlainLines paper = new PlainLines(new Recording(), 10, true);

    private final class Recording implements LineHandler {
        @Override
        public void entered(String line) {
            events.add(line);
        }

        @Override
        public void lineTooLong() {
            events.add("(too much)");
        }

        @Override
        public void quit() {
            events.add("(leaves)");
        }
    }

    @Test
    void programsGetWordsAndNoEcho() {
        program.typed("one\ntwo\r\nthr");
        program.show("a\nb");
        program.prompt("> ");
        program.show("c\n");
        program.typed("ee");
        program.ended();
        assertEquals("a\nb\n> \nc\n", program.take());
        assertEquals(List.of("one", "two", "three"), events);
    }

    @Test
    void linesThatAreTooLongAreDroppedToTheirEnd() {
        program.typed("x".repeat(11) + "\n0123456789\n");
        assertEquals(List.of("(too much)", "0123456789"), events);
    }

    @Test
    void paperShowsWhatIsTyped() {
        paper.prompt("> ");
        paper.typed("ab漢\u007f\u007fc\r");
        assertEquals("> ab漢\b \b\b \b\b \bc\r\n", paper.take());
        assertEquals(List.of("ac"), events);
    }

    @Test
    void paperHidesPasswords() {
        paper.hide(true);
        paper.typed("secret\r");
        assertEquals("\r\n", paper.take());
        assertEquals(List.of("secret"), events);
    }

    @Test
    void paperKnowsInterruptAndEnd() {
        paper.typed("abc\u0003\u0004");
        assertEquals("abc^C\r\n", paper.take());
        assertEquals(List.of("(leaves)"), events);
    }

    @Test
    void paperTakesBackCharactersAsPeopleSeeThem() {
        for (String character :
                List.of("e\u0301", "\ud83d\udc69\u200d\ud83d\ude80", "\ud83c\uddeb\ud83c\uddf7")) {
            paper.typed("a" + character + "\u007fb\r");
        }
        assertEquals(List.of("ab", "ab", "ab"), events);
    }

    @ParameterizedTest
    @FieldSource("ANSWERS")
    void answerOfATerminalIsNotTyped(String answer) {
        paper.typed("lo" + answer + "ok");
        assertEquals(List.of(), events);
        paper.typed("\r");
        assertEquals(List.of("look"), events);
    }

    @Test
    void programIsTakenAtItsWord() {
        program.typed("a\u001b[Ab\n");
        assertEquals(List.of("a\u001b[Ab"), events);
    }
}
