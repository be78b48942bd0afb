package lychgate.text;

import lychgate.session.ColourDepth;
import lychgate.text.Span.Effect;
import lychgate.text.Span.Ground;

import java.util.List;
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
    private static final Pattern WITH_SCHEME = Pattern.compile("(?i)(?:https?|ftp)://.*");
    private static final Pattern SAFE_SCHEME = Pattern.compile("(?i)(?:https?://|mailto:).*");
    private static final String TAB = "    ";

    private final StringBuilder out = new StringBuilder();
    private final HtmlStyle style = new HtmlStyle();
    private boolean inLink;

    private HtmlRenderer() {}

    /**
     * The HTML of a text for a client with that style, to be put inside an element. It is not
     * wrapped: a page wraps at its own width.
     */
    public static String render(String markup, RenderStyle style) {
        if (style.screenReader()) {
            return render(Spans.parse(Spans.escape(Renderer.render(markup, style.wrappedAt(0)))));
        }
        List<Span> spans = Spans.parse(style.raw() ? Spans.escape(markup) : markup);
        return render(style.depth() == ColourDepth.NONE ? unstyled(spans) : spans);
    }

    private static List<Span> unstyled(List<Span> spans) {
        return spans.stream()
                .filter(
                        span ->
                                switch (span) {
                                    case Span.Words _, Span.LineBreak _, Span.Link _ -> true;
                                    case Span.Style _, Span.Paint _, Span.Reset _, Span.Sgr _ ->
                                            false;
                                })
                .map(
                        span ->
                                span instanceof Span.Link link
                                        ? new Span.Link(
                                                link.kind(), link.target(), unstyled(link.label()))
                                        : span)
                .toList();
    }

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
            case Span.Style(Effect effect, boolean on) -> style.set(effect, on);
            case Span.Paint(Ground ground, Colour colour) -> style.paint(ground, colour);
            case Span.Reset() -> style.reset();
            case Span.Sgr(List<Integer> parameters) -> style.sgr(parameters);
            case Span.Link link -> link(link);
        }
    }

    private void words(String text) {
        String attributes = style.attributes();
        if (attributes.isEmpty()) {
            append(text);
            return;
        }
        out.append("<span").append(attributes).append('>');
        append(text);
        out.append("</span>");
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
            String target = WITH_SCHEME.matcher(shown).matches() ? shown : "http://" + shown;
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
