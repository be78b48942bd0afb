package lychgate.portal;

import lychgate.address.Source;
import lychgate.plugin.Admission;
import lychgate.plugin.Limits;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Lets connections in as long as there is room: in all, for each address, and not too fast from any
 * one address, as a {@link Source} counts it.
 *
 * <p>What it remembers of addresses is bounded: those that have no connection are forgotten first.
 */
final class ConnectionLimits implements Admission {
    /** Connections that one address may make at once before its rate counts. */
    static final int BURST = 20;

    /** Addresses that are remembered: more than any flood that one machine can serve. */
    static final int MAX_ADDRESSES = 65_536;

    private static final double NANOS = 1e9;

    private final long room;
    private final Supplier<Limits> limits;
    private final Predicate<InetAddress> banned;
    private final LongSupplier nanoTime;
    private final Map<Source, Visits> visits = new LinkedHashMap<>(16, 0.75f, true);
    private int connections;

    /** What is known of an address. */
    private static final class Visits {
        private int open;
        private double tokens = BURST;
        private long refilledAt;

        private Visits(long now) {
            refilledAt = now;
        }
    }

    /**
     * @param limits those that hold now; a change leaves who is there
     * @param maxDescriptors files and sockets that the process may have open; some are kept for
     *     itself
     * @param banned whether somebody from there must stay out
     * @param nanoTime a clock that only goes forward
     */
    ConnectionLimits(
            Supplier<Limits> limits,
            long maxDescriptors,
            Predicate<InetAddress> banned,
            LongSupplier nanoTime) {
        this.room = maxDescriptors - RESERVED_DESCRIPTORS;
        this.limits = limits;
        this.banned = banned;
        this.nanoTime = nanoTime;
    }

    /**
     * Descriptors that connections leave to the process: jars, the database, listeners, refusals.
     */
    private static final int RESERVED_DESCRIPTORS = 256;

    @Override
    public synchronized Decision admit(InetAddress from) {
        if (banned.test(from)) {
            return new Refused("banned", "You may not come in from your address.");
        }
        Limits now = limits.get();
        if (connections >= max(now)) {
            return new Refused(
                    "connections", "There is no room left just now. Please try again in a minute.");
        }
        Source source = Source.of(from);
        Visits seen = visits.computeIfAbsent(source, _ -> new Visits(nanoTime.getAsLong()));
        forgetSomeBut(seen);
        if (seen.open >= unlimited(now.connectionsPerAddress())) {
            return new Refused(
                    "connections_per_address",
                    "There are too many connections from your address. Please close one of them.");
        }
        int perSecond = now.connectionsPerSecondPerAddress();
        if (perSecond > 0 && !take(seen, perSecond)) {
            return new Refused(
                    "connections_per_second_per_address",
                    "You connect too fast. Please wait a few seconds.");
        }
        connections++;
        seen.open++;
        return new Admitted(place(source));
    }

    /** Connections in all: as many as are wished for, and as there are descriptors for. */
    private long max(Limits now) {
        return Math.max(1, Math.min(unlimited(now.connections()), room));
    }

    /** Addresses of which something is known. */
    synchronized int remembered() {
        return visits.size();
    }

    private Place place(Source source) {
        AtomicBoolean given = new AtomicBoolean();
        return () -> {
            if (given.compareAndSet(false, true)) {
                leave(source);
            }
        };
    }

    private synchronized void leave(Source source) {
        connections--;
        Visits seen = visits.get(source);
        if (seen != null) {
            seen.open--;
        }
    }

    /** A token bucket: {@link #BURST} at once, then so many a second. */
    private boolean take(Visits seen, int perSecond) {
        long now = nanoTime.getAsLong();
        double refill = (now - seen.refilledAt) / NANOS * perSecond;
        seen.tokens = Math.min(BURST, seen.tokens + refill);
        seen.refilledAt = now;
        if (seen.tokens < 1) {
            return false;
        }
        seen.tokens--;
        return true;
    }

    /** Forgets the address that was longest not seen; one with connections is looked past. */
    private void forgetSomeBut(Visits latest) {
        Iterator<Visits> oldest = visits.values().iterator();
        while (visits.size() > MAX_ADDRESSES && oldest.hasNext()) {
            Visits old = oldest.next();
            if (old.open == 0 && old != latest) {
                oldest.remove();
            }
        }
    }

    private static int unlimited(int limit) {
        return limit == 0 ? Integer.MAX_VALUE : limit;
    }
}
