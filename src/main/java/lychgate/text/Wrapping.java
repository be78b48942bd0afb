package lychgate.text;

import lychgate.text.Glyph.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Breaks lines that are too wide for a window, between words. A line that fits stays as it is; of
 * one that is broken, only the spaces at the breaks are dropped.
 *
 * <p>A continued line is indented as the line that it continues, if that leaves half of the window
 * for words. A word is broken only if it is wider than the window. An address is not broken even
 * then: in two pieces, it could be neither clicked nor copied, and terminals break it themselves. A
 * link that is continued on the next line is a link on both.
 */
final class Wrapping {
    /** The length of a scheme is bounded, so that a long word is looked through once. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?i)(?:\\b[a-z][a-z0-9+.-]{0,30}://|\\bwww\\.|\\bmailto:)\\S");

    private final int columns;
    private final List<Glyph> out = new ArrayList<>();
    private List<Glyph> indent = List.of();
    private int column;

    private Wrapping(int columns) {
        this.columns = columns;
    }

    /**
     * The spans with line breaks, so that no line is wider than that.
     *
     * @param columns width of the window, from 1
     */
    static List<Span> wrap(List<Span> spans, int columns) {
        Wrapping wrapping = new Wrapping(columns);
        return wrapping.text(Glyph.of(spans)) ? Glyph.joined(wrapping.out) : spans;
    }

    /** The same, each line on its own; a link in several lines is one in each. */
    static List<List<Span>> lines(List<Span> spans, int columns) {
        List<List<Span>> lines = new ArrayList<>();
        List<Span> line = new ArrayList<>();
        Wrapping wrapping = new Wrapping(columns);
        wrapping.text(Glyph.of(spans));
        for (Span span : Glyph.joined(wrapping.out)) {
            if (span instanceof Span.LineBreak) {
                lines.add(List.copyOf(line));
                line.clear();
            } else {
                line.add(span);
            }
        }
        lines.add(List.copyOf(line));
        return lines;
    }

    /** Whether a text needs no look at its widths: each line has few characters, all narrow. */
    static boolean surelyFits(String text, int columns) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length = c == '\n' ? 0 : length + 1;
            if (length > columns || c >= '\u0300' || c == '\t') {
                return false;
            }
        }
        return true;
    }

    /** The width of a line of glyphs that begins in the first column. */
    static int width(List<Glyph> line) {
        int column = 0;
        for (Glyph glyph : line) {
            column = glyph.after(column);
        }
        return column;
    }

    /** Adds the lines of a text. Returns whether one was too wide. */
    private boolean text(List<Glyph> glyphs) {
        boolean wrapped = false;
        int start = 0;
        for (int at = 0; at <= glyphs.size(); at++) {
            if (at == glyphs.size() || glyphs.get(at).kind() == Kind.END) {
                wrapped |= line(glyphs.subList(start, at));
                out.addAll(glyphs.subList(at, Math.min(at + 1, glyphs.size())));
                start = at + 1;
            }
        }
        return wrapped;
    }

    /** Adds a line, broken if it is too wide. Returns whether it was. */
    private boolean line(List<Glyph> line) {
        if (width(line) <= columns) {
            out.addAll(line);
            return false;
        }
        column = 0;
        List<Glyph> leading =
                line.subList(0, endOfSpaces(line, 0)).stream()
                        .filter(glyph -> glyph.kind() == Kind.SPACE)
                        .map(Glyph::unlinked)
                        .toList();
        indent = width(leading) <= columns / 2 ? leading : List.of();
        for (int at = 0; at < line.size(); ) {
            int word = endOfSpaces(line, at);
            int end = endOfWord(line, word);
            place(line.subList(at, word), line.subList(word, end), at == 0);
            at = end;
        }
        return true;
    }

    private void place(List<Glyph> spaces, List<Glyph> word, boolean first) {
        int width = width(word);
        int before = column;
        for (Glyph space : spaces) {
            before = space.after(before);
        }
        boolean whole = width <= columns || isAddress(word);
        if (before + width <= columns) {
            addSpaces(spaces, columns);
            addWord(word, true);
        } else if (word.isEmpty()) {
            addSpaces(spaces, columns); // at the end of the line: as many as fit
        } else if (first) {
            int room = columns - (whole ? width : word.getFirst().width());
            addSpaces(spaces, whole ? room : Math.min(room, columns / 2));
            addWord(word, whole);
        } else if (whole) {
            newLine(spaces, width);
            addWord(word, true);
        } else if (before + word.getFirst().width() <= columns) {
            addSpaces(spaces, columns);
            addWord(word, false);
        } else {
            newLine(spaces, word.getFirst().width());
            addWord(word, false);
        }
    }

    /** Adds spaces, as many as end in that column at most, and all marks among them. */
    private void addSpaces(List<Glyph> spaces, int until) {
        for (Glyph glyph : spaces) {
            if (glyph.kind() == Kind.MARK || glyph.after(column) <= until) {
                column = glyph.after(column);
                out.add(glyph);
            }
        }
    }

    private void addWord(List<Glyph> word, boolean whole) {
        boolean begun = false;
        for (Glyph glyph : word) {
            if (!whole && begun && glyph.after(column) > columns) {
                newLine(List.of(), glyph.width());
                begun = false;
            }
            begun |= glyph.width() > 0;
            column = glyph.after(column);
            out.add(glyph);
        }
    }

    /** Begins a line in place of spaces, indented as far as leaves room for a word. */
    private void newLine(List<Glyph> spaces, int width) {
        int marks = spaces.size(); // those of the word
        while (marks > 0 && spaces.get(marks - 1).kind() == Kind.MARK) {
            marks--;
        }
        addSpaces(spaces.subList(0, marks), 0);
        out.add(Glyph.LINE_BREAK);
        column = 0;
        addSpaces(indent, columns - width);
        addSpaces(spaces.subList(marks, spaces.size()), 0);
    }

    private static int endOfSpaces(List<Glyph> line, int from) {
        int at = from;
        while (at < line.size() && line.get(at).kind() != Kind.LETTER) {
            at++;
        }
        return at;
    }

    /** The end of a word; the marks after it belong to it. */
    private static int endOfWord(List<Glyph> line, int from) {
        Glyph last = null;
        int at = from;
        for (; at < line.size() && line.get(at).kind() != Kind.SPACE; at++) {
            Glyph glyph = line.get(at);
            if (glyph.kind() == Kind.LETTER) {
                if (last != null && last.maySeparateFrom(glyph)) {
                    return at;
                }
                last = glyph;
            }
        }
        return at;
    }

    private static boolean isAddress(List<Glyph> word) {
        StringBuilder text = new StringBuilder();
        word.forEach(glyph -> text.append(glyph.text()));
        return ADDRESS.matcher(text).find();
    }
}
