package lychgate.text;

import lychgate.text.Colour.Cube;
import lychgate.text.Colour.Grey;
import lychgate.text.Colour.Named;
import lychgate.text.Colour.Rgb;
import lychgate.text.Span.Effect;
import lychgate.text.Span.Ground;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renders spans as HTML with Evennia's class names: {@code color-000} to {@code color-255}, {@code
 * bgcolor-…}, {@code underline}, {@code blink}, and also {@code italic} and {@code strike}.
 *
 * <p>All text is escaped. A link to a command carries it as {@code data-command}; a link to an
 * address is rendered as one only if its scheme is http, https or mailto.
 */
public final class HtmlRenderer {
    private static final Pattern URL =
            Pattern.compile(
                    "(?i)\\b(?:https?://|ftp://|ftp\\.|www\\.)[^\\s<>\"'&|]*[^\\s<>\"'&|.,;:!?)]");
    private static final Pattern SAFE_SCHEME = Pattern.compile("(?i)(?:https?://|mailto:).*");
    private static final int DEFAULT_FOREGROUND = 7;
    private static final int DEFAULT_BACKGROUND = 0;
    private static final int BRIGHT = 8;
    private static final String TAB = "    ";

    private final StringBuilder out = new StringBuilder();
    private @Nullable Colour foreground;
    private @Nullable Colour background;
    private boolean bold;
    private boolean italic;
    private boolean underline;
    private boolean blink;
    private boolean inverse;
    private boolean strike;
    private boolean inLink;

    /** A colour, either by its number among the 256 or exact. */
    private record Shade(int index, @Nullable Rgb exact) {}

    private HtmlRenderer() {}

    /** The HTML of a text, to be put inside an element. */
    public static String render(List<Span> spans) {
        HtmlRenderer renderer = new HtmlRenderer();
        spans.forEach(renderer::show);
        return renderer.out.toString();
    }

    private void show(Span span) {
        switch (span) {
            case Span.Words(String text) -> words(text);
            case Span.LineBreak() -> out.append("<br>");
            case Span.Style(Effect effect, boolean on) -> set(effect, on);
            case Span.Paint(Ground ground, Colour colour) -> paint(ground, colour);
            case Span.Reset() -> reset();
            case Span.Sgr(List<Integer> parameters) -> sgr(parameters);
            case Span.Link link -> link(link);
        }
    }

    private void words(String text) {
        List<String> classes = new ArrayList<>();
        List<String> styles = new ArrayList<>();
        describe(classes, styles);
        if (classes.isEmpty() && styles.isEmpty()) {
            append(text);
            return;
        }
        out.append("<span");
        if (!classes.isEmpty()) {
            out.append(" class=\"").append(String.join(" ", classes)).append('"');
        }
        if (!styles.isEmpty()) {
            out.append(" style=\"").append(String.join(" ", styles)).append('"');
        }
        out.append('>');
        append(text);
        out.append("</span>");
    }

    private void describe(List<String> classes, List<String> styles) {
        Shade front = shade(foreground, DEFAULT_FOREGROUND, bold);
        boolean brightBehind =
                background instanceof Named(int _, Colour.Weight weight)
                        && weight == Colour.Weight.BRIGHT;
        Shade behind = shade(background, DEFAULT_BACKGROUND, brightBehind);
        describe(
                inverse ? front : behind,
                DEFAULT_BACKGROUND,
                "bgcolor",
                "background-color",
                classes,
                styles);
        describe(inverse ? behind : front, DEFAULT_FOREGROUND, "color", "color", classes, styles);
        addIf(blink, "blink", classes);
        addIf(underline, "underline", classes);
        addIf(italic, "italic", classes);
        addIf(strike, "strike", classes);
    }

    private static void describe(
            Shade shade,
            int otherwise,
            String className,
            String property,
            List<String> classes,
            List<String> styles) {
        if (shade.exact != null) {
            styles.add(property + ": " + css(shade.exact) + ";");
        } else if (shade.index != otherwise) {
            classes.add(String.format(Locale.ROOT, "%s-%03d", className, shade.index));
        }
    }

    private static void addIf(boolean on, String name, List<String> classes) {
        if (on) {
            classes.add(name);
        }
    }

    /** A colour as the page's stylesheet knows it; bold makes the first eight bright. */
    private static Shade shade(@Nullable Colour colour, int otherwise, boolean bold) {
        if (colour instanceof Rgb rgb) {
            return new Shade(rgb.cube().index(), rgb);
        }
        int index = colour == null ? otherwise : plainIndex(colour);
        return new Shade(bold && index < BRIGHT ? index + BRIGHT : index, null);
    }

    private static int plainIndex(Colour colour) {
        return switch (colour) {
            case Named named -> named.index();
            case Cube cube -> cube.index();
            case Grey grey -> grey.index();
            case Rgb rgb -> rgb.cube().index();
        };
    }

    private static String css(Rgb rgb) {
        return String.format(Locale.ROOT, "#%02x%02x%02x", rgb.red(), rgb.green(), rgb.blue());
    }

    private void set(Effect effect, boolean on) {
        switch (effect) {
            case BOLD -> bold = on;
            case ITALIC -> italic = on;
            case UNDERLINE -> underline = on;
            case BLINK -> blink = on;
            case INVERSE -> inverse = on;
            case STRIKE -> strike = on;
        }
    }

    private void paint(Ground ground, Colour colour) {
        if (ground == Ground.BACKGROUND) {
            background = colour;
            return;
        }
        foreground = colour;
        if (colour instanceof Named(int _, Colour.Weight weight)
                && weight != Colour.Weight.AS_BEFORE) {
            bold = weight == Colour.Weight.BRIGHT;
        }
    }

    private void reset() {
        foreground = null;
        background = null;
        bold = italic = underline = blink = inverse = strike = false;
    }

    private void sgr(List<Integer> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            int p = parameters.get(i);
            if (p == 38 || p == 48) {
                Ground ground = p == 38 ? Ground.FOREGROUND : Ground.BACKGROUND;
                if (i + 2 < parameters.size() && parameters.get(i + 1) == 5) {
                    paint(ground, indexed(parameters.get(i + 2) & 0xff));
                    i += 2;
                } else if (i + 4 < parameters.size() && parameters.get(i + 1) == 2) {
                    paint(
                            ground,
                            new Rgb(
                                    parameters.get(i + 2) & 0xff,
                                    parameters.get(i + 3) & 0xff,
                                    parameters.get(i + 4) & 0xff));
                    i += 4;
                }
            } else {
                sgr(p);
            }
        }
    }

    private void sgr(int p) {
        if (p == 0) {
            reset();
        } else if (p >= 30 && p <= 37) {
            foreground = new Named(p - 30, Colour.Weight.AS_BEFORE);
        } else if (p == 39) {
            foreground = null;
        } else if (p >= 40 && p <= 47) {
            background = new Named(p - 40, Colour.Weight.AS_BEFORE);
        } else if (p == 49) {
            background = null;
        } else {
            for (Effect effect : Effect.values()) {
                if (p == effect.sgr(true) || p == effect.sgr(false)) {
                    set(effect, p == effect.sgr(true));
                }
            }
        }
    }

    private static Colour indexed(int index) {
        if (index < BRIGHT) {
            return new Named(index, Colour.Weight.DARK);
        }
        if (index < 16) {
            return new Named(index - BRIGHT, Colour.Weight.BRIGHT);
        }
        if (index >= 232) {
            return new Grey(index - 231);
        }
        int n = index - 16;
        return new Cube(n / 36, n / 6 % 6, n % 6);
    }

    private void link(Span.Link link) {
        boolean address = link.kind() == Span.Link.Kind.URL;
        if (address && !SAFE_SCHEME.matcher(link.target()).matches()) {
            link.label().forEach(this::show);
            return;
        }
        if (address) {
            out.append("<a href=\"").append(escaped(link.target()));
            out.append("\" target=\"_blank\" rel=\"noopener noreferrer\">");
        } else {
            out.append("<a href=\"#\" class=\"command\" data-command=\"");
            out.append(escaped(link.target())).append("\">");
        }
        inLink = true;
        if (link.label().isEmpty()) {
            append(link.target());
        }
        link.label().forEach(this::show);
        inLink = false;
        out.append("</a>");
    }

    /** Adds words; an address among them becomes a link, as readers of web pages expect. */
    private void append(String text) {
        Matcher url = URL.matcher(text);
        int from = 0;
        while (!inLink && url.find()) {
            out.append(escaped(text.substring(from, url.start())));
            String shown = url.group();
            String target = shown.contains("://") ? shown : "http://" + shown;
            out.append("<a href=\"").append(escaped(target));
            out.append("\" target=\"_blank\" rel=\"noopener noreferrer\">");
            out.append(escaped(shown)).append("</a>");
            from = url.end();
        }
        out.append(escaped(text.substring(from)));
    }

    private static String escaped(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '&' -> html.append("&amp;");
                case '"' -> html.append("&quot;");
                case '\t' -> html.append(TAB);
                case '\u0007', '\f' -> {} // no page can do anything with them
                default -> html.append(c);
            }
        }
        return html.toString();
    }
}
