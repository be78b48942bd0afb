package lychgate.telnet.option;

import java.util.List;

/** The table of options. */
public final class TelnetOptions {
    private TelnetOptions() {}

    /**
     * Fresh options for one connection. Their order is the order of the opening and of the chain:
     * what comes from the client meets them first to last, what goes to it last to first.
     */
    public static List<TelnetOption> fresh() {
        return List.of(
                new Ttype(), // first: Mudlet answers it only where it comes before compression
                new Naws(),
                new Echo(),
                new Sga());
    }
}
