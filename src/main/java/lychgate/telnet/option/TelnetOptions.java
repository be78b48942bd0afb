package lychgate.telnet.option;

import java.util.ArrayList;
import java.util.List;

/** The table of options. */
public final class TelnetOptions {
    private TelnetOptions() {}

    /**
     * Fresh options for one connection. Their order is the order of the opening and of the chain:
     * messages from the client pass them first to last, messages to the client last to first.
     *
     * @param context the connection's surroundings
     * @param compressed whether compression is offered
     */
    public static List<TelnetOption> fresh(OptionContext context, boolean compressed) {
        List<TelnetOption> options = new ArrayList<>();
        options.add(new Ttype()); // first: Mudlet answers it only if it comes before compression
        options.add(new Naws());
        options.add(new Linemode());
        if (compressed) {
            options.add(new Mccp2());
            options.add(new Mccp3());
        }
        options.add(new Mssp(context::mssp));
        options.add(new CharsetOption());
        options.add(new NewEnviron(context::trusted));
        options.add(new TimingMark(context));
        options.add(new Status());
        options.add(new Echo());
        options.add(new Sga());
        options.add(new Eor()); // after SGA: a client that supports both marks gets this one
        options.add(new Mxp());
        options.add(new MsdpOption());
        options.add(new GmcpOption()); // after MSDP: a client that supports both gets GMCP only
        return options;
    }
}
