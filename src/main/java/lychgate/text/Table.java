package lychgate.text;

import lychgate.session.ClientFacts;
import lychgate.session.OutputOptions;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Rows of cells under headings. A cell is markup, or anything else as its string; it may be in
 * Chinese, coloured, or a link.
 *
 * <pre>{@code
 * Table table = Table.of("Name", "Idle", "From").align(1, Table.Align.RIGHT);
 * table.row(Markup.of("|wAnna|n"), "2 min", "the north");
 * session.msg(table);
 * }</pre>
 *
 * <p>If the window is narrower than the table, the widest columns are made narrower, and their
 * words are wrapped within them. If even their words do not fit, each row becomes a line of its
 * own. So it does for a screen reader: {@code Name: Anna, Idle: 2 min, From: the north}.
 *
 * <p>Not thread safe.
 */
public final class Table implements Layout {
    /** Spaces between two columns. */
    private static final int GAP = 2;

    /** Columns below which nothing can be read: then rows become lines. */
    private static final int MIN_WIDTH = 4;

    private final List<Cell> headings;
    private final List<List<Cell>> rows = new ArrayList<>();
    private final Map<Integer, Align> alignments = new TreeMap<>();

    /** Where a cell's text stands in its column. */
    public enum Align {
        /** At the left. */
        LEFT,
        /** At the right, as numbers do. */
        RIGHT,
        /** In the middle. */
        CENTRE
    }

    private Table(List<Cell> headings) {
        this.headings = headings;
    }

    /** A table with these headings; without any, it has no line for them. */
    public static Table of(Object... headings) {
        return new Table(Arrays.stream(headings).map(Cell::of).toList());
    }

    /**
     * Aligns a column.
     *
     * @param column its number, from 0
     */
    public Table align(int column, Align align) {
        alignments.put(column, align);
        return this;
    }

    /**
     * Adds a row.
     *
     * @param cells at most as many as there are headings, if there are any; null is an empty cell
     */
    public Table row(@Nullable Object... cells) {
        if (!headings.isEmpty() && cells.length > headings.size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells under " + headings.size() + " headings");
        }
        rows.add(Arrays.stream(cells).map(Cell::of).toList());
        return this;
    }

    @Override
    public Markup shownTo(ClientFacts client) {
        RenderStyle style = RenderStyle.of(client, OutputOptions.NONE);
        if (style.screenReader()) {
            return spoken();
        }
        return wide(client.width(), style.links().leads());
    }

    /** The table at that width, for clients that show links. */
    public Markup wide(int columns) {
        return wide(columns, true);
    }

    /** Each row as a line that can be read aloud. */
    public Markup spoken() {
        return Markup.trusted(rows.stream().map(this::spoken).collect(Collectors.joining("\n")));
    }

    private String spoken(List<Cell> row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            if (row.get(i).isBlank()) {
                continue;
            }
            if (!line.isEmpty()) {
                line.append(headings.isEmpty() && i == 1 ? ": " : ", ");
            }
            if (i < headings.size() && !headings.get(i).isBlank()) {
                line.append(headings.get(i).source()).append(": ");
            }
            line.append(row.get(i).source());
        }
        return line.toString();
    }

    private Markup wide(int columns, boolean links) {
        List<List<Cell>> all = new ArrayList<>();
        if (!headings.isEmpty()) {
            all.add(headings.stream().map(Table::bold).toList());
        }
        all.addAll(rows);
        if (!links) {
            all.replaceAll(row -> row.stream().map(Cell::unlinked).toList());
        }
        int[] widths = widths(all, columns);
        if (widths == null) {
            return Markup.trusted(
                    SpanSource.of(
                            Wrapping.wrap(Spans.parse(spoken().source()), Math.max(1, columns))));
        }
        return Markup.trusted(
                all.stream().map(row -> drawn(row, widths)).collect(Collectors.joining("\n")));
    }

    private static Cell bold(Cell heading) {
        List<Span> spans = new ArrayList<>();
        spans.add(
                new Span.Paint(Span.Ground.FOREGROUND, new Colour.Named(7, Colour.Weight.BRIGHT)));
        spans.addAll(heading.spans());
        return new Cell(spans);
    }

    /** The width of each column in a window of that width; null if they cannot be read in it. */
    private static int @Nullable [] widths(List<List<Cell>> rows, int columns) {
        int count = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] natural = new int[count];
        int[] words = new int[count];
        for (List<Cell> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                natural[i] = Math.max(natural[i], row.get(i).width());
                words[i] = Math.max(words[i], row.get(i).longestWord());
                words[i] = Math.max(words[i], Math.min(1, natural[i])); // a cell of spaces
            }
        }
        int room = columns - GAP * (count - 1);
        int[] shrunk = shrunk(natural, words, room);
        if (shrunk != null) {
            return shrunk;
        }
        int[] least = Arrays.stream(natural).map(width -> Math.min(width, MIN_WIDTH)).toArray();
        return shrunk(words, least, room);
    }

    /** The widths with the widest made narrower until all fit; null if they cannot. */
    private static int @Nullable [] shrunk(int[] natural, int[] least, int room) {
        int widest = Arrays.stream(natural).max().orElse(0);
        for (int cap = Math.min(widest, Math.max(room, 0)); cap >= 0; cap--) {
            int[] widths = new int[natural.length];
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.min(natural[i], Math.max(cap, least[i]));
            }
            if (Arrays.stream(widths).sum() <= room) {
                return widths;
            }
        }
        return null;
    }

    private String drawn(List<Cell> row, int[] widths) {
        List<List<List<Span>>> cells = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            cells.add((i < row.size() ? row.get(i) : Cell.EMPTY).lines(Math.max(1, widths[i])));
        }
        int height = cells.stream().mapToInt(List::size).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int n = 0; n < height; n++) {
            StringBuilder line = new StringBuilder();
            int pending = 0; // spaces that are written only if something follows
            for (int i = 0; i < widths.length; i++) {
                List<Span> part = n < cells.get(i).size() ? cells.get(i).get(n) : List.of();
                int width = Cell.widthOf(part);
                int space = Math.max(0, widths[i] - width);
                int left =
                        switch (alignments.getOrDefault(i, Align.LEFT)) {
                            case LEFT -> 0;
                            case RIGHT -> space;
                            case CENTRE -> space / 2;
                        };
                if (width > 0) {
                    line.append(" ".repeat(pending + left)).append(SpanSource.of(part));
                    pending = space - left + GAP;
                } else {
                    pending += widths[i] + GAP;
                }
            }
            lines.add(line.toString());
        }
        return String.join("\n", lines);
    }
}
