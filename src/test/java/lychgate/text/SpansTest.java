package lychgate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import lychgate.text.Colour.Cube;
import lychgate.text.Colour.Grey;
import lychgate.text.Colour.Named;
import lychgate.text.Colour.Rgb;
import lychgate.text.Colour.Weight;
import lychgate.text.Span.Effect;
import lychgate.text.Span.Ground;
import lychgate.text.Span.LineBreak;
import lychgate.text.Span.Link;
import lychgate.text.Span.Paint;
import lychgate.text.Span.Reset;
import lychgate.text.Span.Sgr;
import lychgate.text.Span.Style;
import lychgate.text.Span.Words;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class SpansTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @Test
    void wordsBetweenTagsAreOneSpan() {
        assertEquals(
                List.of(new Words("a|b {"), new LineBreak(), new Words("\tc ")),
                Spans.parse("a||b {{|/|-c|_"));
    }

    @Test
    void coloursAreWhatTheGameWrote() {
        assertEquals(
                List.of(
                        paint(new Named(1, Weight.BRIGHT)),
                        paint(new Named(1, Weight.DARK)),
                        paint(new Named(1, Weight.AS_BEFORE)),
                        paint(new Cube(5, 0, 3)),
                        paint(new Grey(12)),
                        paint(new Rgb(255, 136, 0)),
                        paint(new Rgb(255, 136, 0)),
                        new Reset()),
                Spans.parse("|r|R|!R|503|=m|#ff8800|#F80|n"));
    }

    @Test
    void backgroundsStandInBrackets() {
        assertEquals(
                List.of(
                        new Paint(Ground.BACKGROUND, new Cube(5, 0, 0)),
                        new Paint(Ground.BACKGROUND, new Named(1, Weight.AS_BEFORE)),
                        new Paint(Ground.BACKGROUND, new Cube(2, 2, 2)),
                        new Paint(Ground.BACKGROUND, new Rgb(0, 0, 255))),
                Spans.parse("|[r|[R|[x|[#00f"));
    }

    @Test
    void stylesAreSwitchedOnAndOff() {
        assertEquals(
                List.of(
                        new Style(Effect.BOLD, true),
                        new Style(Effect.BOLD, false),
                        new Style(Effect.BLINK, true),
                        new Style(Effect.INVERSE, true)),
                Spans.parse("|h|H|^|*"));
    }

    @Test
    void linkHasItsTargetInPlainAndItsWordsInSpans() {
        assertEquals(
                List.of(
                        new Link(
                                Link.Kind.COMMAND,
                                "say |hi",
                                List.of(paint(new Named(2, Weight.BRIGHT)), new Words("greet")))),
                Spans.parse("|lc|wsay ||hi|/|lt|ggreet|le"));
    }

    @Test
    void linksFollowOneAnother() {
        assertEquals(
                List.of(
                        new Link(Link.Kind.URL, "a", List.of()),
                        new Words("x"),
                        new Link(Link.Kind.COMMAND, "b", List.of(new Words("c")))),
                Spans.parse("|lua|lt|lex|lcb|ltc|le"));
    }

    @Test
    void readyMadeColoursAreKeptAsTheyAre() {
        assertEquals(
                List.of(new Sgr(List.of(1, 31)), new Sgr(List.of(0)), new Sgr(List.of(38, 5, 196))),
                Spans.parse("\u001b[1;31m\u001b[m\u009b38;5;196m"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234", "1:2", "?1", " "})
    void readyMadeSequenceThatIsNoColourIsLeftOut(String parameters) {
        assertEquals(List.of(new Words("ab")), Spans.parse("a\u001b[" + parameters + "mb"));
    }

    @Test
    void readyMadeSequenceHasABound() {
        assertEquals(1, Spans.parse("\u001b[" + "1;".repeat(31) + "1m").size());
        assertEquals(0, Spans.parse("\u001b[" + "1;".repeat(32) + "1m").size());
    }

    @Test
    void whatIsEscapedIsOneSpanOfWords() {
        assertEquals("||r{{x|", Spans.escape("|r{x").concat("|"));
        assertEquals(List.of(new Words("|r{x")), Spans.parse(Spans.escape("|r{x")));
        assertEquals("plain", Spans.escape("plain"));
    }

    @Test
    void spansCannotBeChanged() {
        List<Integer> numbers = new ArrayList<>(List.of(1));
        Sgr sgr = new Sgr(numbers);
        numbers.add(31);
        assertEquals(List.of(1), sgr.parameters());
        assertThrows(UnsupportedOperationException.class, () -> Spans.parse("a").add(new Reset()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "|lc",
                "|lca|lt",
                "|lca|lt|le",
                "|lu|lc",
                "|",
                "{",
                "\u001b[",
                "\u001b]",
                "|/"
            })
    void hostileMarkupIsParsedInPassing(String piece) {
        String markup = piece.repeat(200_000);
        assertTimeoutPreemptively(DEADLINE, () -> Spans.parse(markup));
        assertTimeoutPreemptively(DEADLINE, () -> Spans.parse(markup + "|lt|le"));
    }

    private static Paint paint(Colour colour) {
        return new Paint(Ground.FOREGROUND, colour);
    }
}
