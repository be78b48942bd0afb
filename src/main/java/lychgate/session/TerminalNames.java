package lychgate.session;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The names that a client gives itself and its terminal by telnet's TTYPE, verbatim.
 *
 * @param names its answers, in order
 * @param whole whether the list is complete
 */
public record TerminalNames(List<String> names, boolean whole) {
    public TerminalNames {
        names = List.copyOf(names);
    }

    /** The same names, each transformed. */
    public TerminalNames map(UnaryOperator<String> change) {
        return new TerminalNames(names.stream().map(change).toList(), whole);
    }
}
