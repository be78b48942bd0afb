package lychgate.text;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a layout: some text with its colours and links.
 *
 * @param spans its text; the only white space in it are spaces and line breaks
 */
record Cell(List<Span> spans) {
    static final Cell EMPTY = new Cell(List.of());

    /** A cell with a Markup, or with anything else as its string. */
    static Cell of(@Nullable Object content) {
        Markup markup =
                content instanceof Markup given
                        ? given
                        : Markup.literal(content == null ? "" : String.valueOf(content));
        return new Cell(spaced(Spans.parse(markup.source())));
    }

    private static List<Span> spaced(List<Span> spans) {
        return spans.stream()
                .map(
                        span ->
                                switch (span) {
                                    case Span.Words(String text) ->
                                            new Span.Words(text.replaceAll("[\\t\f\u0007]", " "));
                                    case Span.Link(var kind, String target, List<Span> label) ->
                                            new Span.Link(kind, target, spaced(label));
                                    case Span.LineBreak _,
                                            Span.Style _,
                                            Span.Paint _,
                                            Span.Reset _,
                                            Span.Sgr _ ->
                                            span;
                                })
                .toList();
    }

    /** The same for a client that shows no links: as words, and their addresses. */
    Cell unlinked() {
        List<Span> plain = new ArrayList<>();
        for (Span span : LinkLabels.completed(spans, true)) {
            if (span instanceof Span.Link link) {
                plain.addAll(link.label());
            } else {
                plain.add(span);
            }
        }
        return new Cell(plain);
    }

    boolean isBlank() {
        return Spans.words(LinkLabels.completed(spans, false)).isBlank();
    }

    /** The width of its widest line. */
    int width() {
        int widest = 0;
        int column = 0;
        for (Glyph glyph : Glyph.of(LinkLabels.completed(spans, false))) {
            column = glyph.kind() == Glyph.Kind.END ? 0 : glyph.after(column);
            widest = Math.max(widest, column);
        }
        return widest;
    }

    /** The width of its longest word. */
    int longestWord() {
        int longest = 0;
        int word = 0;
        for (Glyph glyph : Glyph.of(LinkLabels.completed(spans, false))) {
            word =
                    glyph.kind() == Glyph.Kind.SPACE || glyph.kind() == Glyph.Kind.END
                            ? 0
                            : word + glyph.width();
            longest = Math.max(longest, word);
        }
        return longest;
    }

    /** Its lines at a width, each with its own colours, which end with the line. */
    List<List<Span>> lines(int columns) {
        List<List<Span>> lines = new ArrayList<>();
        List<Span> styles = new ArrayList<>();
        for (List<Span> line : Wrapping.lines(LinkLabels.completed(spans, false), columns)) {
            List<Span> whole = new ArrayList<>(styles);
            whole.addAll(line);
            addStyles(line, styles);
            if (!styles.isEmpty()) {
                whole.add(new Span.Reset());
            }
            lines.add(whole);
        }
        return lines;
    }

    private static void addStyles(List<Span> line, List<Span> styles) {
        for (Span span : line) {
            switch (span) {
                case Span.Reset _ -> styles.clear();
                case Span.Style _, Span.Paint _, Span.Sgr _ -> styles.add(span);
                case Span.Link link -> addStyles(link.label(), styles);
                case Span.Words _, Span.LineBreak _ -> {}
            }
        }
    }

    /** The markup on one line. */
    String source() {
        List<Span> line = new ArrayList<>();
        for (List<Span> each : lines(Integer.MAX_VALUE)) {
            if (!line.isEmpty()) {
                line.add(new Span.Words(" "));
            }
            line.addAll(each);
        }
        return SpanSource.of(line);
    }

    static int widthOf(List<Span> line) {
        return Wrapping.width(Glyph.of(line));
    }
}
