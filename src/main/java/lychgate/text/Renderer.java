package lychgate.text;

import lychgate.session.ColourDepth;
import lychgate.text.Colour.Cube;
import lychgate.text.Colour.Grey;
import lychgate.text.Colour.Named;
import lychgate.text.Colour.Rgb;
import lychgate.text.Span.Ground;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Renders spans as the characters sent to a terminal. A line end is {@code \n} here.
 *
 * <p>A text with colours ends with a reset, so that no colour runs into what follows.
 */
public final class Renderer {
    /** ASCII art: lines, boxes, rules. Evennia's pattern. */
    private static final Pattern DRAWINGS =
            Pattern.compile("\\+-+|\\+$|\\+~|--+|~~+|==+", Pattern.MULTILINE);

    /** A screen reader has no pages. */
    private static final String NEW_PAGE = "\f";

    private static final String RESET = "\u001b[0m";
    private static final int BRIGHT = 8;

    private final ColourDepth depth;
    private final boolean indexed;
    private final Links links;
    private final StringBuilder out = new StringBuilder();
    private boolean coloured;

    /**
     * @param indexed whether colours are sent by their numbers
     */
    private Renderer(ColourDepth depth, boolean indexed, LinkStyle links) {
        this.depth = depth;
        this.indexed = indexed;
        this.links = new Links(links, out);
    }

    /** The characters of a text for clients with that style. */
    public static String render(String markup, RenderStyle style) {
        if (style.raw() && style.depth() != ColourDepth.NONE) {
            return markup;
        }
        if (style.raw()) {
            return render(Spans.parse(Spans.escape(markup)), style);
        }
        boolean fits = style.columns() == 0 || Wrapping.surelyFits(markup, style.columns());
        return fits && isPlain(markup, style.links().mxp())
                ? shown(markup, style)
                : render(Spans.parse(markup), style);
    }

    /** The characters of parsed spans for clients with that style. */
    public static String render(List<Span> spans, RenderStyle style) {
        Renderer renderer =
                new Renderer(
                        style.screenReader() ? ColourDepth.NONE : style.depth(),
                        style.indexed(),
                        style.links());
        boolean addressed = !style.screenReader() && !style.links().leads();
        List<Span> complete = LinkLabels.completed(spans, addressed);
        List<Span> lines =
                style.columns() == 0 ? complete : Wrapping.wrap(complete, style.columns());
        lines.forEach(renderer::show);
        return shown(renderer.finish(), style);
    }

    private static String shown(String text, RenderStyle style) {
        return style.screenReader()
                ? DRAWINGS.matcher(text).replaceAll("").replace(NEW_PAGE, "")
                : text;
    }

    /** Whether it contains no markup at all, like most lines. */
    private static boolean isPlain(String markup, boolean mxp) {
        for (int i = 0; i < markup.length(); i++) {
            char c = markup.charAt(i);
            if (c == '|'
                    || c == '{'
                    || (mxp && Links.isMarkup(c))
                    || (c != '\n' && ControlCharacters.isHeldBack(c))) {
                return false;
            }
        }
        return true;
    }

    private void show(Span span) {
        switch (span) {
            case Span.Words(String text) -> links.words(text);
            case Span.LineBreak() -> links.lineBreak();
            case Span.Style(Span.Effect effect, boolean on) -> sgr(effect.sgr(on));
            case Span.Paint(Ground ground, Colour colour) -> paint(ground, colour);
            case Span.Reset() -> sgr(0);
            case Span.Sgr(List<Integer> parameters) -> sgr(parameters);
            case Span.Link link -> show(link);
        }
    }

    private void show(Span.Link link) {
        links.begin(link);
        link.label().forEach(this::show);
        links.end(link);
    }

    private void paint(Ground ground, Colour colour) {
        switch (colour) {
            case Named(int index, Colour.Weight weight) -> {
                switch (weight) {
                    case BRIGHT -> sgr(Span.Effect.BOLD.sgr(true));
                    case DARK -> sgr(Span.Effect.BOLD.sgr(false));
                    case AS_BEFORE -> {}
                }
                sgr(base(ground) + index);
            }
            case Cube cube -> indexed(ground, cube.index(), SixteenColours.of(cube));
            case Grey grey ->
                    indexed(
                            ground,
                            grey.index(),
                            ground == Ground.FOREGROUND
                                    ? SixteenColours.of(grey)
                                    : SixteenColours.backgroundOf(grey));
            case Rgb rgb -> {
                if (depth == ColourDepth.TRUECOLOR) {
                    sgr(List.of(base(ground) + 8, 2, rgb.red(), rgb.green(), rgb.blue()));
                } else {
                    paint(ground, rgb.cube());
                }
            }
        }
    }

    /** One of the 256 colours by its number, or the nearest of the sixteen. */
    private void indexed(Ground ground, int index, int sixteen) {
        if (indexed) {
            sgr(List.of(base(ground) + 8, 5, index));
        } else if (ground == Ground.BACKGROUND) {
            sgr(base(ground) + sixteen % BRIGHT);
        } else {
            sgr(sixteen < BRIGHT ? 0 : Span.Effect.BOLD.sgr(true));
            sgr(base(ground) + sixteen % BRIGHT);
        }
    }

    private static int base(Ground ground) {
        return ground == Ground.FOREGROUND ? 30 : 40;
    }

    private void sgr(int parameter) {
        sgr(List.of(parameter));
    }

    private void sgr(List<Integer> parameters) {
        if (depth == ColourDepth.NONE) {
            return;
        }
        coloured = true;
        String numbers =
                fitting(parameters).stream().map(String::valueOf).collect(Collectors.joining(";"));
        out.append("\u001b[").append(numbers).append('m');
    }

    /** Sequences that the game wrote itself may use more colours than the client has. */
    private List<Integer> fitting(List<Integer> parameters) {
        if ((depth == ColourDepth.TRUECOLOR && indexed)
                || !(parameters.contains(38) || parameters.contains(48))
                || (indexed && !parameters.contains(2))) {
            return parameters;
        }
        List<Integer> fitting = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            int p = parameters.get(i);
            if ((p == 38 || p == 48) && i + 2 < parameters.size() && parameters.get(i + 1) == 5) {
                addIndexed(p, parameters.get(i + 2), fitting);
                i += 2;
            } else if ((p == 38 || p == 48)
                    && i + 4 < parameters.size()
                    && parameters.get(i + 1) == 2) {
                if (depth == ColourDepth.TRUECOLOR) {
                    fitting.addAll(parameters.subList(i, i + 5));
                    i += 4;
                    continue;
                }
                Rgb rgb =
                        new Rgb(
                                parameters.get(i + 2) & 0xff,
                                parameters.get(i + 3) & 0xff,
                                parameters.get(i + 4) & 0xff);
                addIndexed(p, rgb.cube().index(), fitting);
                i += 4;
            } else {
                fitting.add(p);
            }
        }
        return fitting;
    }

    private void addIndexed(int extended, int index, List<Integer> fitting) {
        if (indexed) {
            fitting.addAll(List.of(extended, 5, index));
            return;
        }
        int sixteen = sixteen(index & 0xff);
        if (extended == 38 && sixteen >= BRIGHT) {
            fitting.add(1);
        }
        fitting.add(extended - 8 + sixteen % BRIGHT);
    }

    private static int sixteen(int index) {
        if (index < 16) {
            return index;
        }
        if (index >= 232) {
            return SixteenColours.of(new Grey(index - 231));
        }
        int n = index - 16;
        return SixteenColours.of(new Cube(n / 36, n / 6 % 6, n % 6));
    }

    private String finish() {
        if (coloured && !out.substring(Math.max(0, out.length() - RESET.length())).equals(RESET)) {
            out.append(RESET);
        }
        return out.toString();
    }
}
