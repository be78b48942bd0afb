package lychgate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.Seeded;

import org.junit.jupiter.api.Test;

import java.util.List;

class SpanSourceTest {
    private static final List<String> PIECES =
            List.of(
                    "a",
                    " ",
                    "5",
                    "|",
                    "||",
                    "{",
                    "{{",
                    "\n",
                    "\t",
                    "|n",
                    "|r",
                    "|R",
                    "|!R",
                    "|[r",
                    "|[R",
                    "|[x",
                    "|500",
                    "|[123",
                    "|=m",
                    "|[=a",
                    "|#ff8800",
                    "|[#abc",
                    "|h",
                    "|H",
                    "|i",
                    "|I",
                    "|u",
                    "|U",
                    "|s",
                    "|S",
                    "|^",
                    "|*",
                    "\u001b[25m",
                    "\u001b[1;31m",
                    "\u001b[m",
                    "|lcgo n|ltnorth|le",
                    "|luhttp://a.b/||x|ltthe |rred|n|le",
                    "|luhttp://a.b|lt|le",
                    "|lc",
                    "|lt",
                    "|le",
                    "漢");

    @Test
    void markupOfParsedSpansIsParsedToTheSameSpans() {
        Seeded.times(
                5_000,
                random -> {
                    StringBuilder markup = new StringBuilder();
                    for (int i = random.nextInt(15); i > 0; i--) {
                        markup.append(PIECES.get(random.nextInt(PIECES.size())));
                    }
                    List<Span> spans = Spans.parse(markup.toString());
                    assertEquals(spans, Spans.parse(SpanSource.of(spans)), markup.toString());
                });
    }
}
