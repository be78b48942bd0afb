package lychgate.portal;

import lychgate.address.Addresses;
import lychgate.plugin.Admission;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Logs refused connections with their address, for operators and fail2ban: each one while they are
 * few, the number when they are many. Any thread may ask.
 */
final class Refusals implements Admission {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    /** Log lines in a period: whoever is refused must not fill the disk. */
    static final int MAX_LINES = 60;

    /** Log lines for one address, so that others are still seen; fail2ban needs five or so. */
    static final int MAX_LINES_OF_ADDRESS = 6;

    private final Admission decides;
    private final Map<InetAddress, Integer> linesOf = new HashMap<>(); // never above MAX_LINES
    private int lines;
    private long untold;

    Refusals(Admission decides) {
        this.decides = decides;
    }

    @Override
    public Decision admit(InetAddress from) {
        return noted(from, decides.admit(from));
    }

    @Override
    public Decision admitReturning(InetAddress from) {
        return noted(from, decides.admitReturning(from));
    }

    @Override
    public Decision admitRelayed() {
        return decides.admitRelayed();
    }

    @Override
    public Decision admitResumed() {
        return decides.admitResumed();
    }

    private Decision noted(InetAddress from, Decision decision) {
        if (decision instanceof Refused refused) {
            refused(from, refused.reason());
        }
        return decision;
    }

    @Override
    public boolean takesNewcomers() {
        return decides.takesNewcomers();
    }

    @Override
    public boolean isBanned(InetAddress from) {
        return decides.isBanned(from);
    }

    @Override
    public synchronized void refused(InetAddress from, String reason) {
        if (lines < MAX_LINES && linesOf.getOrDefault(from, 0) < MAX_LINES_OF_ADDRESS) {
            lines++;
            linesOf.merge(from, 1, Integer::sum);
            log.info("refused connection from {}: {}", Addresses.text(from), reason);
        } else {
            untold++;
        }
    }

    /** Logs the number of the others; called once a minute. */
    synchronized void endPeriod() {
        if (untold > 0) {
            log.warn("{} more refused connections in the last minute", untold);
        }
        linesOf.clear();
        lines = 0;
        untold = 0;
    }
}
