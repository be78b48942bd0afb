package lychgate.text;

import lychgate.text.Colour.Cube;
import lychgate.text.Colour.Grey;
import lychgate.text.Colour.Named;
import lychgate.text.Colour.Rgb;
import lychgate.text.Span.Effect;
import lychgate.text.Span.Ground;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes spans as markup: the inverse of {@link Spans#parse}. */
final class SpanSource {
    private static final String LETTERS = "xrgybmcw";

    private SpanSource() {}

    /** Markup that is parsed to these spans. */
    static String of(List<Span> spans) {
        StringBuilder source = new StringBuilder();
        spans.forEach(span -> source.append(of(span)));
        return source.toString();
    }

    private static String of(Span span) {
        return switch (span) {
            case Span.Words(String text) -> Spans.escape(text);
            case Span.LineBreak() -> "\n";
            case Span.Reset() -> "|n";
            case Span.Style(Effect effect, boolean on) -> style(effect, on);
            case Span.Paint(Ground ground, Colour colour) ->
                    ground == Ground.FOREGROUND ? "|" + colour(colour) : "|[" + behind(colour);
            case Span.Sgr(List<Integer> parameters) -> sgr(parameters);
            case Span.Link(Span.Link.Kind kind, String target, List<Span> label) ->
                    (kind == Span.Link.Kind.COMMAND ? "|lc" : "|lu")
                            + Spans.escape(target)
                            + "|lt"
                            + of(label)
                            + "|le";
        };
    }

    /** Two styles have no tag that switches them off. */
    private static String style(Effect effect, boolean on) {
        return switch (effect) {
            case BOLD -> on ? "|h" : "|H";
            case ITALIC -> on ? "|i" : "|I";
            case UNDERLINE -> on ? "|u" : "|U";
            case STRIKE -> on ? "|s" : "|S";
            case BLINK -> on ? "|^" : sgr(List.of(effect.sgr(false)));
            case INVERSE -> on ? "|*" : sgr(List.of(effect.sgr(false)));
        };
    }

    private static String colour(Colour colour) {
        return switch (colour) {
            case Named(int index, Colour.Weight weight) -> {
                String letter = LETTERS.substring(index, index + 1);
                yield switch (weight) {
                    case BRIGHT -> letter;
                    case DARK -> letter.toUpperCase(Locale.ROOT);
                    case AS_BEFORE -> "!" + letter.toUpperCase(Locale.ROOT);
                };
            }
            case Cube(int red, int green, int blue) -> "" + red + green + blue;
            case Grey(int level) -> "=" + (char) ('a' + level);
            case Rgb(int red, int green, int blue) ->
                    String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
        };
    }

    /** A background has no weight: a tag in lower case is a colour of the cube. */
    private static String behind(Colour colour) {
        return colour instanceof Named(int index, Colour.Weight _)
                ? colour(new Named(index, Colour.Weight.DARK))
                : colour(colour);
    }

    private static String sgr(List<Integer> parameters) {
        return parameters.stream()
                .map(String::valueOf)
                .collect(Collectors.joining(";", "\u001b[", "m"));
    }
}
