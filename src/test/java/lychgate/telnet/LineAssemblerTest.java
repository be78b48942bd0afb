package lychgate.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.Seeded;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

class LineAssemblerTest {

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
