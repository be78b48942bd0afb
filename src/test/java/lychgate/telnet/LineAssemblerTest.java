package lychgate.telnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.Seeded;
import lychgate.characters.TerminalAnswers;
import lychgate.testing.Wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class LineAssemblerTest {
    static final List<String> ANSWERS = TerminalAnswers.ALL;

    @Test
    void crLfEndsALine() {
        assertEquals(List.of("a", "b"), lines("'a' CR LF 'b' CR LF"));
    }

    @Test
    void crNulEndsALine() {
        assertEquals(List.of("a", "b"), lines("'a' CR NUL 'b' CR NUL"));
    }

    @Test
    void loneCrEndsALineAtOnce() {
        assertEquals(List.of("a"), lines("'a' CR"));
        assertEquals(List.of("a", "b"), lines("'a' CR 'b' CR"));
    }

    @Test
    void loneLfEndsALine() {
        assertEquals(List.of("a", "b"), lines("'a' LF 'b' LF"));
    }

    @Test
    void twoLineEndsAreAnEmptyLine() {
        assertEquals(List.of("a", "", "b"), lines("'a' CR LF CR LF 'b' CR LF"));
        assertEquals(List.of("a", "", "b"), lines("'a' LF LF 'b' LF"));
    }

    @Test
    void nulIsDropped() {
        assertEquals(List.of("ab"), lines("NUL 'a' NUL 'b' NUL LF"));
    }

    @Test
    void lineEndCutBetweenReadsIsOneLineEnd() {
        assertEquals(List.of("a", "b"), lines("'a' CR", "LF 'b' CR", "NUL"));
    }

    @Test
    void longLineIsDroppedToItsEndAndReportedOnce() {
        LineAssembler assembler = new LineAssembler(3);
        assertEquals(
                List.of("abc", "TooLong", "d", "TooLong", ""),
                feed(assembler, Wire.bytes("'abc' LF 'abcdefghijk' LF 'd' LF 'xxxx' LF LF")));
    }

    @Test
    void longLineHoldsNoMemoryWhileItGoesOn() {
        LineAssembler assembler = new LineAssembler(100);
        feed(assembler, new byte[1 << 16]);
        for (int i = 0; i < 100; i++) {
            byte[] xs = new byte[1 << 16];
            java.util.Arrays.fill(xs, (byte) 'x');
            feed(assembler, xs);
        }
        assertEquals(0, assembler.pending());
    }

    @Test
    void eraseCharacterTakesAWholeUtf8Sequence() {
        LineAssembler assembler = new LineAssembler(100);
        feed(assembler, Wire.bytes("'aé'"));
        assembler.eraseCharacter();
        assertEquals(List.of("a"), feed(assembler, Wire.bytes("LF")));
    }

    @Test
    void eraseLineBeginsAnew() {
        LineAssembler assembler = new LineAssembler(100);
        feed(assembler, Wire.bytes("'wrong'"));
        assembler.eraseLine();
        assertEquals(List.of("right"), feed(assembler, Wire.bytes("'right' LF")));
    }

    @Test
    void eraseCharacterTakesTwoBytesWhereThoseAreACharacter() {
        LineAssembler assembler = new LineAssembler(100);
        assembler.decodeAs(CharacterSets.all().get(8));
        feed(assembler, Wire.bytes("'a' c4 e3 ba c3")); // GBK
        assembler.eraseCharacter();
        assertArrayEquals(Wire.bytes("'a' c4 e3"), line(assembler));
    }

    @Test
    void eraseCharacterTakesOneByteOfASingleByteSet() {
        LineAssembler assembler = new LineAssembler(100);
        assembler.decodeAs(java.nio.charset.Charset.forName("IBM437"));
        feed(assembler, Wire.bytes("82 82 82"));
        assembler.eraseCharacter();
        assertArrayEquals(Wire.bytes("82 82"), line(assembler));
    }

    @Test
    void keysEditTheLineOfAClientThatSendsCharacters() {
        LineAssembler assembler = new LineAssembler(100);
        assembler.expectCharacters(true);
        assertEquals(
                List.of("look", "look", "north", "q", "q"),
                feed(
                        assembler,
                        Wire.bytes(
                                "'lookk' 08 CR 'lox' 7f 'ok' CR LF 'south' 15 'north' CR"
                                        + " ESC '[A' ESC '[1;5C' ESC 'OP' 'q' ESC 'b' CR"
                                        + " 08 08 7f 'q' CR")));
    }

    @Test
    void bytesThatWouldEditStayInALineThatCameWhole() {
        assertEquals(List.of("a\bb\u007fc"), lines("'a' 08 'b' 7f 'c' LF"));
    }

    @Test
    void echoIsWhatTheScreenMustBeSentToShowTheLine() {
        LineAssembler assembler = new LineAssembler(100);
        assembler.expectCharacters(true);
        assembler.echo(true);
        feed(assembler, Wire.bytes("'caté' 7f 7f 'r' ESC '[D' 01 CR LF"));
        assertEquals("'cat' c3 a9 08 ' ' 08 08 ' ' 08 'r' CR LF", echo(assembler));
        feed(assembler, Wire.bytes("'no' 15 'y' CR NUL"));
        assertEquals("'no' 08 ' ' 08 08 ' ' 08 'y' CR LF", echo(assembler));
    }

    @Test
    void echoOfWhatIsHiddenIsTheLineEndAlone() {
        LineAssembler assembler = new LineAssembler(100);
        assembler.expectCharacters(true);
        assembler.echo(true);
        assembler.hide(true);
        assertEquals(List.of("secret"), feed(assembler, Wire.bytes("'secreu' 7f 't' CR")));
        assertEquals("CR LF", echo(assembler));
    }

    @Test
    void nothingIsEchoedUnlessItIsToBe() {
        LineAssembler assembler = new LineAssembler(100);
        assembler.expectCharacters(true);
        feed(assembler, Wire.bytes("'a' 7f CR"));
        assertEquals("", echo(assembler));
    }

    @ParameterizedTest
    @FieldSource("ANSWERS")
    void answerOfATerminalIsNotTypedHoweverItIsCut(String answer) {
        LineAssembler assembler = new LineAssembler(100);
        assembler.expectCharacters(true);
        assembler.echo(true);
        List<String> found = new ArrayList<>();
        for (byte b : ("lo" + answer + "ok").getBytes(StandardCharsets.UTF_8)) {
            found.addAll(feed(assembler, new byte[] {b}));
        }
        assertEquals(List.of(), found);
        assertEquals(List.of("look"), feed(assembler, Wire.bytes("CR")));
        assertEquals("'look' CR LF", echo(assembler));
    }

    @Test
    void deleteTakesACharacterAsPeopleSeeIt() {
        for (String character :
                List.of(
                        "é",
                        "漢",
                        "e\u0301",
                        "\ud83d\udc69\u200d\ud83d\ude80",
                        "\ud83c\uddeb\ud83c\uddf7")) {
            LineAssembler assembler = new LineAssembler(100);
            assembler.expectCharacters(true);
            assertEquals(
                    List.of("ab"),
                    feed(
                            assembler,
                            ("a" + character + "\u007fb\r").getBytes(StandardCharsets.UTF_8)),
                    character);
        }
    }

    @Test
    void rubbingOutTakesAsManyColumnsAsTheCharacter() {
        LineAssembler assembler = new LineAssembler(100);
        assembler.expectCharacters(true);
        assembler.echo(true);
        feed(assembler, "漢\u007fe\u0301\u007f".getBytes(StandardCharsets.UTF_8));
        assertEquals("e6 bc a2 08 ' ' 08 08 ' ' 08 'e' cc 81 08 ' ' 08", echo(assembler));
    }

    @Test
    void bytesThatAreNoCharacterStayAsTheyAre() {
        LineAssembler assembler = new LineAssembler(100);
        assembler.expectCharacters(true);
        feed(assembler, Wire.bytes("'a' c3 'b' e2 82 'c' ff 80 e4"));
        assertArrayEquals(Wire.bytes("'a' c3 'b' e2 82 'c' ff 80 e4"), line(assembler));
    }

    private static String echo(LineAssembler assembler) {
        return Wire.words(new TelnetEvent.Data(assembler.takeEcho()));
    }

    private static byte[] line(LineAssembler assembler) {
        return assembler.next(ByteBuffer.wrap(new byte[] {'\n'}))
                        instanceof LineAssembler.Found.Line(byte[] bytes)
                ? bytes
                : new byte[0];
    }

    @Test
    void howeverAStreamIsCutTheLinesAreTheSame() {
        Seeded.times(
                2_000,
                random -> {
                    byte[] stream = Seeded.bytes(random, random.nextInt(60), 13, 10, 0, 'a');
                    List<String> whole = feed(new LineAssembler(5), stream);
                    LineAssembler assembler = new LineAssembler(5);
                    List<String> cut = new ArrayList<>();
                    for (byte b : stream) {
                        cut.addAll(feed(assembler, new byte[] {b}));
                    }
                    assertEquals(whole, cut);
                });
    }

    private static List<String> lines(String... reads) {
        LineAssembler assembler = new LineAssembler(1_000);
        List<String> lines = new ArrayList<>();
        for (String read : reads) {
            lines.addAll(feed(assembler, Wire.bytes(read)));
        }
        return lines;
    }

    private static List<String> feed(LineAssembler assembler, byte[] bytes) {
        List<String> found = new ArrayList<>();
        ByteBuffer data = ByteBuffer.wrap(bytes);
        for (var f = assembler.next(data); f != null; f = assembler.next(data)) {
            found.add(
                    switch (f) {
                        case LineAssembler.Found.Line(byte[] line) ->
                                new String(line, java.nio.charset.StandardCharsets.UTF_8);
                        case LineAssembler.Found.TooLong() -> "TooLong";
                    });
        }
        return found;
    }
}
