package lychgate.transport.web.ajax;

import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bodies that have come in part, of all requests together. Any thread may call. */
final class Bodies {
    /**
     * Maximum bytes of all of them; beyond it, the one that has taken longest is given up. Bodies
     * of web clients come whole, in one packet mostly.
     */
    static final int MAX_BYTES = 4 << 20;

    private final Meters meters;
    private final Map<Body, Integer> incomplete = new LinkedHashMap<>(); // guarded by this
    private long bytes;

    Bodies(Meters meters) {
        this.meters = meters;
    }

    /** More of a body is awaited. */
    void waits(Body body, int size) {
        Body slowest = put(body, size);
        if (slowest != null) {
            meters.refused("ajax_bodies");
            slowest.abort();
        }
    }

    private synchronized @Nullable Body put(Body body, int size) {
        Integer before = incomplete.put(body, size); // keeps its place in the order
        bytes += size - (before == null ? 0 : before);
        if (bytes <= MAX_BYTES) {
            return null;
        }
        Iterator<Map.Entry<Body, Integer>> all = incomplete.entrySet().iterator();
        Map.Entry<Body, Integer> slowest = all.next();
        all.remove();
        bytes -= slowest.getValue();
        return slowest.getKey();
    }

    /** A body is there, or is given up. */
    synchronized void ends(Body body) {
        Integer size = incomplete.remove(body);
        bytes -= size == null ? 0 : size;
    }
}
