package lychgate.telnet.option;

import java.util.ArrayList;
import java.util.List;

/** The table of options. */
public final class TelnetOptions {
    private TelnetOptions() {}

    /**
     * Fresh options for one connection. Their order is the order of the opening and of the chain:
     * what comes from the client meets them first to last, what goes to it last to first.
     *
     * @param compressed whether compression is offered
     */
    public static List<TelnetOption> fresh(boolean compressed) {
        List<TelnetOption> options = new ArrayList<>();
        options.add(new Ttype()); // first: Mudlet answers it only where it comes before compression
        options.add(new Naws());
        if (compressed) {
            options.add(new Mccp2());
            options.add(new Mccp3());
        }
        options.add(new Echo());
        options.add(new Sga());
        options.add(new Eor()); // behind SGA: where a client knows both marks, it gets this one
        options.add(new MsdpOption());
        options.add(new GmcpOption()); // behind MSDP: a client that has both gets GMCP only
        return options;
    }
}
