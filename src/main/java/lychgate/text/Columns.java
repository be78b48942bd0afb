package lychgate.text;

import lychgate.session.ClientFacts;
import lychgate.session.OutputOptions;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A list in as many columns as fit the window, read downwards, like the names of files in a shell.
 * For a screen reader, it is one line: {@code sword, shield, lamp}.
 *
 * <pre>{@code
 * session.msg(Columns.of(List.of("sword", "shield", "lamp")));
 * }</pre>
 */
public final class Columns implements Layout { // no record: those are messages of their own
    /** Spaces between two columns. */
    private static final int GAP = 2;

    private final List<Markup> items;

    private Columns(List<Markup> items) {
        this.items = items;
    }

    /** A list of markup, or of anything else as its string. */
    public static Columns of(Collection<? extends @Nullable Object> items) {
        return new Columns(
                items.stream().map(item -> Markup.trusted(Cell.of(item).source())).toList());
    }

    @Override
    public Markup shownTo(ClientFacts client) {
        RenderStyle style = RenderStyle.of(client, OutputOptions.NONE);
        return style.screenReader() ? spoken() : wide(client.width(), style.links().leads());
    }

    /** The list at that width, for clients that show links. */
    public Markup wide(int columns) {
        return wide(columns, true);
    }

    /** The list as one line that can be read aloud. */
    public Markup spoken() {
        return Markup.trusted(items.stream().map(Markup::source).collect(Collectors.joining(", ")));
    }

    private Markup wide(int columns, boolean links) {
        List<Cell> cells =
                items.stream().map(Cell::of).map(cell -> links ? cell : cell.unlinked()).toList();
        int widest = cells.stream().mapToInt(Cell::width).max().orElse(0);
        int count = Math.clamp((columns + GAP) / (widest + GAP), 1, Math.max(1, items.size()));
        int rows = (cells.size() + count - 1) / count;
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            StringBuilder line = new StringBuilder();
            for (int i = row; i < cells.size(); i += rows) {
                Cell cell = cells.get(i);
                line.append(SpanSource.of(cell.lines(Integer.MAX_VALUE).getFirst()));
                if (i + rows < cells.size()) {
                    line.append(" ".repeat(widest - cell.width() + GAP));
                }
            }
            lines.add(line.toString());
        }
        return Markup.trusted(
                SpanSource.of(
                        Wrapping.wrap(
                                Spans.parse(String.join("\n", lines)), Math.max(1, columns))));
    }
}
