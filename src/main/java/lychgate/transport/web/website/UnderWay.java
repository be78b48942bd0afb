package lychgate.transport.web.website;

import lychgate.address.Source;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bounds how many requests of one address are under way; an IPv6 address counts as its /64. */
final class UnderWay {
    private final int most;
    private final Map<Source, Integer> counts = new ConcurrentHashMap<>();

    UnderWay(int most) {
        this.most = most;
    }

    /** Counts one more; false if that is too many. Each that is counted must {@link #end}. */
    boolean begin(InetAddress client) {
        Source source = Source.of(client);
        int now = counts.merge(source, 1, Integer::sum);
        if (now > most) {
            end(client);
            return false;
        }
        return true;
    }

    /** One has ended. */
    void end(InetAddress client) {
        counts.computeIfPresent(Source.of(client), (_, count) -> count == 1 ? null : count - 1);
    }
}
