package lychgate.session;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a client calls itself and its terminal by telnet's TTYPE, in its own words.
 *
 * @param names its answers, one after the other
 * @param whole whether it has no more to say
 */
public record TerminalNames(List<String> names, boolean whole) {
    public TerminalNames {
        names = List.copyOf(names);
    }

    /** The same, each name changed. */
    public TerminalNames map(UnaryOperator<String> change) {
        return new TerminalNames(names.stream().map(change).toList(), whole);
    }
}
