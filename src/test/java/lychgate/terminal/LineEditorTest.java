package lychgate.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.Seeded;
import lychgate.characters.TerminalAnswers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.ArrayList;
import java.util.List;

/** Line editing, in a window of 20 by 6. */
class LineEditorTest {
    private static final String UP = "\u001b[A";
    private static final String DOWN = "\u001b[B";
    private static final String LEFT = "\u001b[D";
    private static final String HOME = "\u001b[H";

    static final List<String> ANSWERS = TerminalAnswers.ALL;

    private final List<String> events = new ArrayList<>();
    private VirtualTerminal terminal = new VirtualTerminal(20, 6);
    private final LineEditor editor = new LineEditor(new Recording(), 100, 20, 6);

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
    void whatIsTypedIsShownAndEntered() {
        type("look\r");
        assertEquals(List.of("look"), events);
        assertScreen("look", "1,0");
    }

    @ParameterizedTest
    @CsvSource({
        "one two three^A^[f^[fX,       one twoX three",
        "one two^[bX,                  one Xtwo",
        "one two^[[1;5DX,              one Xtwo",
        "one two^[[1;3D^[[1;5CX,       one twoX",
        "one two^W^A^Y,                twoone",
        "one two^[^H,                  one",
        "one two^A^[d,                 two",
        "one two^A^[[3;5~,             two",
        "one two^B^B^B^K,              one",
        "one two^U^Y^Y,                one twoone two",
        "one two^A^K^Y,                one two",
        "one two three^W^W^A^Y,        two threeone",
        "ab^T,                         ba",
        "abc^B^T,                      acb",
        "one^[[D^[[D^[[3~,             oe",
        "one^[OD^[OD^D,                oe",
        "one^[[HX,                     Xone",
        "one^[[1~X^[[4~Y,              XoneY",
        "one^[OHX^[OFY,                XoneY",
        "one^H^?t,                     ot",
        "one^[[200~ two^[[201~,        one two",
        "one two^[[5DX,                one Xtwo",
        "one two^[O5DX,                one Xtwo",
        "one two^[[1;5:1DX,            one Xtwo",
        "one two^[[1;5:3DX,            one twoX",
        "one two^[[1;129DX,            one twXo",
        "one two^A^[[3$,               two",
        "one two^[[7$X,                Xone two",
        "one^[[Zt^[[5~w^[pz^Xo,        onetwzo",
    })
    void keysDoWhatFingersExpect(String keys, String line) {
        type(controls(keys.replace("^?", "\u007f")));
        assertEquals(line, terminal.text().strip());
        type("\r");
        assertEquals(line, events.getFirst().strip());
    }

    @Test
    void textAppearsAboveWhatIsTypedWhichIsKept() {
        editor.prompt("> ");
        type("say hel" + LEFT);
        editor.show("A bell rings.");
        flush();
        assertScreen("A bell rings.\n> say hel", "1,8");
        type("X");
        assertScreen("A bell rings.\n> say heXl", "1,9");
    }

    @Test
    void textAppearsAboveALineThatIsWrapped() {
        editor.prompt("> ");
        type("0123456789012345678901");
        editor.show("A bell rings.\nIt stops.\n");
        flush();
        assertScreen("A bell rings.\nIt stops.\n> 012345678901234567\n8901", "3,4");
        type(HOME + "X");
        assertScreen("A bell rings.\nIt stops.\n> X01234567890123456\n78901", "2,3");
    }

    @Test
    void lineThatFillsTheRowGoesOnBelow() {
        editor.prompt("> ");
        type("012345678901234567");
        assertScreen("> 012345678901234567", "1,0");
        type("8");
        assertScreen("> 012345678901234567\n8", "1,1");
        type("\u007f\u007f");
        assertScreen("> 01234567890123456", "0,19");
        type("7\rnext");
        assertScreen("> 012345678901234567\nnext", "1,4");
    }

    @Test
    void wideCharacterDoesNotFitIntoOneColumn() {
        type("0123456789012345678");
        type("漢字");
        assertScreen("0123456789012345678\n漢字", "1,4");
        type("\u007f");
        assertScreen("0123456789012345678\n漢", "1,2");
    }

    @Test
    void marksBelongToTheirCharacter() {
        type("e\u0301te\u0301" + LEFT + LEFT + LEFT + "x");
        assertScreen("xe\u0301te\u0301", "0,1");
        type("\u001b[3~\r");
        assertEquals(List.of("xte\u0301"), events);
    }

    @Test
    void longLineIsShownInPart() {
        type("x".repeat(60));
        type("y".repeat(40) + "z");
        assertEquals(1, terminal.bells());
        assertEquals("y".repeat(20), terminal.text().lines().toList().get(3));
        type(HOME + "\u001b[C");
        assertScreen(
                ("x".repeat(20) + "\n").repeat(3) + ("y".repeat(20) + "\n") + "y".repeat(20),
                "0,1");
    }

    @Test
    void lineThatIsTooLongIsDroppedToItsEnd() {
        type("x".repeat(101) + "\rlook\r");
        assertEquals(List.of("(too much)", "look"), events);
    }

    @Test
    void passwordIsMaskedAndNotRemembered() {
        editor.keepHistory(true);
        editor.prompt("Password: ");
        editor.hide(true);
        type("sëcret" + LEFT + "\u007f");
        assertScreen("Password: *****", "0,14");
        type("\r");
        editor.hide(false);
        type(UP);
        assertEquals(List.of("sëcrt"), events);
        assertFalse(terminal.text().contains("crt"), terminal.text());
    }

    @Test
    void linesAreRecalledAndTheDraftIsKept() {
        editor.keepHistory(true);
        type("look\rlook\rnorth\rdraft" + UP);
        assertEquals("north", lastLine());
        type(UP);
        assertEquals("look", lastLine());
        type(UP);
        assertEquals(1, terminal.bells());
        type(DOWN + DOWN);
        assertEquals("draft", lastLine());
    }

    @Test
    void nothingIsRememberedBeforeItMayBe() {
        type("connect rowan secret\r" + UP);
        editor.keepHistory(true);
        type("look\r" + UP + UP);
        assertEquals("look", lastLine());
    }

    @Test
    void historyIsSearched() {
        editor.keepHistory(true);
        editor.prompt("> ");
        type("say one\rlook\rsay two\r");
        editor.prompt("> ");
        type("\u0012SAY");
        assertTrue(terminal.text().endsWith("(search: SAY) say tw\no"), terminal.text());
        type("\u0012");
        assertTrue(terminal.text().endsWith("(search: SAY) say on\ne"), terminal.text());
        type("\u0013");
        assertTrue(terminal.text().endsWith("(search: SAY) say tw\no"), terminal.text());
        type("x");
        assertTrue(terminal.text().contains("(not found: SAYx)"), terminal.text());
        type("\u007f\u0012" + HOME + "X\r");
        assertEquals("Xsay one", events.getLast());
    }

    @Test
    void searchIsGivenUp() {
        editor.keepHistory(true);
        type("north\rdraft\u0012nor\u0007");
        assertEquals("draft", lastLine());
        type("\u0012nor\u0003");
        assertEquals("draft", lastLine());
    }

    @Test
    void searchForWhatIsNoPatternFindsIt() {
        editor.keepHistory(true);
        type("say \\E(a+)+$\rlook\r\u0012\\E(\r");
        assertEquals("say \\E(a+)+$", events.getLast());
    }

    @Test
    void firstWordIsCompleted() {
        editor.offerCompletions(List.of("say", "shout", "north", "shove"));
        type("no\t");
        assertEquals("north", lastLine());
        type("\u0015s\t");
        assertTrue(terminal.text().endsWith("say  shout  shove\ns"), terminal.text());
        type("h\t");
        assertEquals("sho", lastLine());
        type("x\t");
        assertEquals(1, terminal.bells());
    }

    @Test
    void pasteIsLinesAndNothingElse() {
        type("\u001b[200~look\r\nsay\ta\u0003\u001b[Ab\nnor\u001b[201~th\r");
        assertEquals(List.of("look", "say ab", "north"), events);
    }

    @Test
    void pasteEndsByItsEndWhateverItHasInIt() {
        for (String half :
                List.of(
                        "\u001b",
                        "\u001bO",
                        "\u001b[",
                        "\u001b[[",
                        "\u001b[M",
                        "\u001b[1;",
                        "\u001b(",
                        "\u001b]8;;",
                        "\u001bP",
                        "\u001b_",
                        "\u009b",
                        "\u009d",
                        "\u001b[200~")) {
            events.clear();
            type("\u001b[200~lo" + half + "\u001b[201~x\u007fok\r");
            assertEquals(List.of("look"), events, half);
        }
    }

    @ParameterizedTest
    @FieldSource("ANSWERS")
    void answerOfTheTerminalIsNotTyped(String answer) {
        editor.keepHistory(true);
        type("north\rlo" + answer + "ok");
        assertEquals(List.of("north"), events);
        type("\r");
        assertEquals(List.of("north", "look"), events);
    }

    @Test
    void lineEndsInEveryForm() {
        type("a\rb\nc\r\nd\r");
        assertEquals(List.of("a", "b", "c", "d"), events);
    }

    @Test
    void interruptDropsTheLine() {
        editor.prompt("> ");
        type("say" + LEFT + "\u0003look\r");
        assertScreen("> say^C\n> look", "2,0");
        assertEquals(List.of("look"), events);
    }

    @Test
    void endOfInputLeavesOnAnEmptyLineAlone() {
        type("ab" + LEFT + "\u0004\u0004");
        assertEquals(List.of(), events);
        type("\u007f\u0004");
        assertEquals(List.of("(leaves)"), events);
    }

    @Test
    void windowIsClearedAndTheLineRedrawn() {
        editor.show("Old words.");
        editor.prompt("> ");
        type("loo" + LEFT + "\u000c");
        assertScreen("> loo", "0,4");
    }

    @Test
    void promptMayHaveLinesAndColours() {
        editor.prompt("HP 10\n\u001b[1;31m> \u001b[0m");
        type("look");
        assertScreen("HP 10\n> look", "1,6");
    }

    @Test
    void bellOfAPromptRingsOnceAndTakesNoRoom() {
        editor.prompt("\u0007HP 9> ");
        type("loo");
        editor.show("It rains.\u0007");
        flush();
        assertScreen("It rains.\nHP 9> loo", "1,9");
        assertEquals(2, terminal.bells());
    }

    @Test
    void pageBeginsAsALineDoes() {
        editor.prompt("> ");
        type("loo");
        editor.show("one\ftwo");
        String shown = editor.take();
        assertTrue(shown.contains("one\f\rtwo\r\n> loo"), shown);
        editor.prompt("a\f> ");
        shown = editor.take();
        assertTrue(shown.endsWith("a\f\r> loo"), shown);
    }

    @Test
    void newPromptTakesThePlaceOfTheOld() {
        editor.prompt("> ");
        type("loo");
        editor.prompt("HP 9> ");
        flush();
        assertScreen("HP 9> loo", "0,9");
    }

    @Test
    void lineIsWrappedAnewWhenTheWindowChanges() {
        editor.prompt("> ");
        type("0123456789012345678901");
        terminal = new VirtualTerminal(30, 6);
        terminal.receive("> 0123456789012345678901"); // as terminals do by themselves
        editor.resize(30, 6);
        flush();
        assertScreen("> 0123456789012345678901", "0,24");
        type("\u0001X");
        assertScreen("> X0123456789012345678901", "0,3");
    }

    @Test
    void endLeavesTheTerminalAsItWas() {
        editor.prompt("> ");
        type("loo");
        editor.end();
        editor.show("Goodbye.");
        String last = editor.take();
        terminal.receive(last);
        assertScreen("Goodbye.", "1,0");
        assertTrue(last.contains("\u001b[?2004l"));
        type("x\r");
        assertEquals(List.of(), events);
    }

    @Test
    void screenIsAlwaysWhatAFreshDrawingWouldBe() {
        String[] keys = {
            "a",
            "b",
            "漢",
            "e\u0301",
            " ",
            "\u007f",
            LEFT,
            LEFT,
            "\u001b[C",
            HOME,
            "\u001b[F",
            "\u0017",
            "\u0019",
            "\u001bb",
            "\u001bf",
            "\u000b",
            "0123456789",
            "👩\u200d🚀",
            "🇫🇷"
        };
        Seeded.times(
                200,
                random -> {
                    LineEditor tried = new LineEditor(new Recording(), 90, 20, 6);
                    VirtualTerminal seen = new VirtualTerminal(20, 6);
                    tried.prompt("> ");
                    for (int i = 0; i < 60; i++) {
                        if (random.nextInt(8) == 0) {
                            tried.show("news " + i);
                        } else {
                            tried.typed(keys[random.nextInt(keys.length)]);
                        }
                        seen.receive(tried.take());
                    }
                    VirtualTerminal fresh = new VirtualTerminal(20, 6);
                    tried.typed("\u000c");
                    fresh.receive(tried.take());
                    assertTrue(seen.text().endsWith(fresh.text()), seen.text());
                    assertEquals(column(fresh), column(seen), seen.text());
                });
    }

    private static String column(VirtualTerminal terminal) {
        return terminal.cursor().replaceAll(".*,", "");
    }

    private void assertScreen(String text, String cursor) {
        assertEquals(text, terminal.text());
        assertEquals(cursor, terminal.cursor());
    }

    private String lastLine() {
        String text = terminal.text();
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    /** {@code ^A} is Ctrl-A, {@code ^[} is ESC. */
    private static String controls(String keys) {
        StringBuilder raw = new StringBuilder();
        for (int i = 0; i < keys.length(); i++) {
            char c = keys.charAt(i);
            raw.append(c == '^' ? (char) (keys.charAt(++i) & 31) : c);
        }
        return raw.toString();
    }

    private void type(String keys) {
        editor.typed(keys);
        flush();
    }

    private void flush() {
        terminal.receive(editor.take());
    }
}
