package lychgate.text;

import lychgate.characters.Graphemes;

import org.jspecify.annotations.Nullable;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;

/**
 * A user-perceived character of a text, or what stands between two of them.
 *
 * @param kind what it is
 * @param text its characters; empty for a mark
 * @param width its columns; a tab's depend on its place
 * @param span the span that a mark or a line's end is; null for a character
 * @param link the link that it belongs to
 */
record Glyph(Kind kind, String text, int width, @Nullable Span span, Span.@Nullable Link link) {
    /** Columns between two tab stops. */
    private static final int TAB_STOP = 8;

    private static final int ZERO_WIDTH_SPACE = 0x200b;

    /** Punctuation that does not begin a line in Chinese and Japanese, and small kana. */
    private static final String NOT_FIRST =
            "!%),.:;?]}\"'\u00bb\u2019\u201d\u2026\u2025\u3001\u3002\u3005\u3009\u300b\u300d\u300f"
                    + "\u3011\u3015\u3017\u3019\u301b\u301f\u3041\u3043\u3045\u3047\u3049\u3063"
                    + "\u3083\u3085\u3087\u308e\u309d\u309e\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3"
                    + "\u30e3\u30e5\u30e7\u30ee\u30fb\u30fc\u30fd\u30fe\uff01\uff05\uff09\uff0c"
                    + "\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d\uff61\uff63\uff64";

    /** Punctuation that does not end a line in Chinese and Japanese. */
    private static final String NOT_LAST =
            "$([{\"'\u00ab\u2018\u201c\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301a\u301d"
                    + "\uff04\uff08\uff3b\uff5b\uff62";

    /** What a glyph is. */
    enum Kind {
        /** A character of a word. */
        LETTER,
        /** White space, at which a line may be broken. */
        SPACE,
        /** Something that takes no column, such as a colour. */
        MARK,
        /** The end of a line. */
        END
    }

    /** A line's end, where a line is broken. */
    static final Glyph LINE_BREAK = new Glyph(Kind.END, "", 0, new Span.LineBreak(), null);

    /** The glyphs of spans. */
    static List<Glyph> of(List<Span> spans) {
        List<Glyph> glyphs = new ArrayList<>();
        add(spans, null, glyphs);
        return glyphs;
    }

    private static void add(List<Span> spans, Span.@Nullable Link link, List<Glyph> glyphs) {
        for (Span span : spans) {
            switch (span) {
                case Span.Words(String words) -> add(words, link, glyphs);
                case Span.LineBreak _ -> glyphs.add(new Glyph(Kind.END, "", 0, span, link));
                case Span.Link inner when link == null && !inner.label().isEmpty() ->
                        add(inner.label(), inner, glyphs);
                case Span.Link _, Span.Style _, Span.Paint _, Span.Reset _, Span.Sgr _ ->
                        glyphs.add(new Glyph(Kind.MARK, "", 0, span, link));
            }
        }
    }

    private static void add(String words, Span.@Nullable Link link, List<Glyph> glyphs) {
        for (int at = 0; at < words.length(); ) {
            int end = Graphemes.end(words, at);
            String text = words.substring(at, end);
            int first = text.codePointAt(0);
            glyphs.add(
                    first == '\f'
                            ? new Glyph(Kind.END, "", 0, new Span.Words(text), link)
                            : isControl(first)
                                    ? new Glyph(Kind.MARK, "", 0, new Span.Words(text), link)
                                    : new Glyph(
                                            isSpace(first) ? Kind.SPACE : Kind.LETTER,
                                            text,
                                            Graphemes.width(words, at, end),
                                            null,
                                            link));
            at = end;
        }
    }

    /** The spans of glyphs; a link with a line's end in it becomes two. */
    static List<Span> joined(List<Glyph> glyphs) {
        List<Span> all = new ArrayList<>();
        List<Span> part = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        Span.Link link = null;
        for (Glyph glyph : glyphs) {
            Span.Link its = glyph.kind == Kind.END ? null : glyph.link;
            if (link == null ? its != null : !link.equals(its)) {
                endWords(words, part);
                endPart(link, part, all);
                link = its;
            }
            if (glyph.span == null) {
                words.append(glyph.text);
            } else {
                endWords(words, part);
                part.add(glyph.span);
            }
        }
        endWords(words, part);
        endPart(link, part, all);
        return all;
    }

    private static void endWords(StringBuilder words, List<Span> part) {
        if (!words.isEmpty()) {
            part.add(new Span.Words(words.toString()));
            words.setLength(0);
        }
    }

    private static void endPart(Span.@Nullable Link link, List<Span> part, List<Span> all) {
        if (link == null) {
            all.addAll(part);
        } else {
            all.add(new Span.Link(link.kind(), link.target(), part));
        }
        part.clear();
    }

    /** The column after it. */
    int after(int column) {
        return text.equals("\t") ? (column / TAB_STOP + 1) * TAB_STOP : column + width;
    }

    /** The same, outside its link. */
    Glyph unlinked() {
        return link == null ? this : new Glyph(kind, text, width, span, null);
    }

    /**
     * Whether a line may be broken between it and the letter after it: Chinese and Japanese have no
     * spaces.
     */
    boolean maySeparateFrom(Glyph next) {
        int last = text.codePointBefore(text.length());
        int first = next.text.codePointAt(0);
        return (isIdeographic(text.codePointAt(0)) || isIdeographic(first))
                && NOT_LAST.indexOf(last) < 0
                && NOT_FIRST.indexOf(first) < 0;
    }

    private static boolean isIdeographic(int codePoint) {
        if (codePoint < 0x2e80) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(codePoint);
        return script == UnicodeScript.HAN
                || script == UnicodeScript.HIRAGANA
                || script == UnicodeScript.KATAKANA
                || script == UnicodeScript.BOPOMOFO
                || script == UnicodeScript.YI
                || (codePoint >= 0x3000 && codePoint < 0x3100) // punctuation
                || (codePoint >= 0xff00 && codePoint < 0xff66); // forms of full width
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || codePoint == ZERO_WIDTH_SPACE;
    }

    private static boolean isControl(int codePoint) {
        return Character.isISOControl(codePoint) && codePoint != '\t';
    }
}
