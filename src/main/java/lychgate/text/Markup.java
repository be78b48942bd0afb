package lychgate.text;

import com.google.errorprone.annotations.CompileTimeConstant;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;

/**
 * Text written by the game, whose tags are interpreted: {@code |r}, links, and the rest of {@link
 * Spans}. Immutable.
 *
 * <p>What others wrote is inserted at {@code {}} and displayed unchanged, tags included:
 *
 * <pre>{@code
 * Markup.of("|w{}|n says: {}", name, line)
 * }</pre>
 *
 * <p>The template must be a compile-time constant (the compiler checks it), so that text from
 * elsewhere cannot become markup by mistake. {@link #trusted} is for markup that the operator wrote
 * into a file.
 */
public final class Markup {
    /** Empty text. */
    public static final Markup EMPTY = new Markup("");

    private final String source;

    private Markup(String source) {
        this.source = source;
    }

    /**
     * Markup with parts inserted at each {@code {}}, in order.
     *
     * @param template the game's words
     * @param parts a Markup is inserted as markup; anything else as its string, escaped
     * @throws IllegalArgumentException if there are more or fewer parts than places for them
     */
    public static Markup of(@CompileTimeConstant String template, @Nullable Object... parts) {
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (Object part : parts) {
            int place = template.indexOf("{}", from);
            if (place < 0) {
                throw new IllegalArgumentException("more parts than {} in: " + template);
            }
            filled.append(template, from, place).append(source(part));
            from = place + 2;
        }
        if (template.indexOf("{}", from) >= 0) {
            throw new IllegalArgumentException("fewer parts than {} in: " + template);
        }
        return new Markup(filled.append(template, from, template.length()).toString());
    }

    /**
     * Markup from outside the program that is trusted as if it were part of it: the operator's
     * files.
     */
    public static Markup trusted(String markup) {
        return new Markup(markup);
    }

    /** Markup that shows exactly these characters. */
    public static Markup literal(String text) {
        return new Markup(Spans.escape(text));
    }

    /** This markup followed by the other. */
    public Markup plus(Markup other) {
        return new Markup(source + other.source);
    }

    /** All of them, with the separator between them. */
    public static Markup join(@CompileTimeConstant String separator, Iterable<Markup> parts) {
        StringBuilder joined = new StringBuilder();
        for (Iterator<Markup> each = parts.iterator(); each.hasNext(); ) {
            joined.append(each.next().source);
            if (each.hasNext()) {
                joined.append(separator);
            }
        }
        return new Markup(joined.toString());
    }

    /**
     * The words alone, without colours, links, and drawings made of characters: what a screen
     * reader should read of a banner. Lines without a word are left out.
     */
    public Markup withoutDrawings() {
        return literal(Drawings.removed(Spans.parse(source)));
    }

    /** The markup's source, which is how it crosses the link. */
    public String source() {
        return source;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Markup markup && markup.source.equals(source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    /** The markup's source. */
    @Override
    public String toString() {
        return source;
    }

    private static String source(@Nullable Object part) {
        return switch (part) {
            case Markup markup -> markup.source;
            case null, default -> Spans.escape(String.valueOf(part));
        };
    }
}
