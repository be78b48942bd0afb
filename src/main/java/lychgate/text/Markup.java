package lychgate.text;

import com.google.errorprone.annotations.CompileTimeConstant;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;

/**
 * Text of the game's own, whose tags act: {@code |r}, links, and the rest of {@link Spans}.
 * Immutable.
 *
 * <p>What others wrote is put in at {@code {}} and is shown as it stands, tags and all:
 *
 * <pre>{@code
 * Markup.of("|w{}|n says: {}", name, line)
 * }</pre>
 *
 * <p>The template must be a constant of the program (the compiler checks it), so that text from
 * elsewhere cannot become markup by mistake. {@link #trusted} is the door for markup that the
 * operator wrote into a file.
 */
public final class Markup {
    /** No words. */
    public static final Markup EMPTY = new Markup("");

    private final String source;

    private Markup(String source) {
        this.source = source;
    }

    /**
     * Markup with parts put in at each {@code {}}, in order.
     *
     * @param template the game's words
     * @param parts a Markup is put in as it is; anything else is shown as its own string
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

    /** Markup from outside the program that is trusted like it: the operator's files. */
    public static Markup trusted(String markup) {
        return new Markup(markup);
    }

    /** Markup that shows exactly these characters. */
    public static Markup literal(String text) {
        return new Markup(Spans.escape(text));
    }

    /** Both, one after the other. */
    public Markup plus(Markup other) {
        return new Markup(source + other.source);
    }

    /** All of them, with a separator between. */
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

    /** The markup as it is written, which is how it crosses the link. */
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

    /** The markup as it is written. */
    @Override
    public String toString() {
        return source;
    }

    private static String source(@Nullable Object part) {
        return switch (part) {
            case Markup markup -> markup.source;
            case PlayerText text -> Spans.escape(text.typed());
            case null, default -> Spans.escape(String.valueOf(part));
        };
    }
}
