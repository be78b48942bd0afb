package lychgate.portal;

import com.sun.management.UnixOperatingSystemMXBean;

import lychgate.address.Source;
import lychgate.admin.Ban;
import lychgate.plugin.Admission;
import lychgate.plugin.Limits;

import org.jspecify.annotations.Nullable;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Admits connections within limits: in total, per address, and per second and address, with
 * addresses grouped as {@link Source} does.
 *
 * <p>The number of remembered addresses is bounded: those without connections are forgotten first.
 */
final class ConnectionLimits implements Admission {
    /** Connections that an address may open at once before its rate is limited. */
    static final int BURST = 20;

    /** Most addresses remembered: more than any flood that one machine can handle. */
    static final int MAX_ADDRESSES = 65_536;

    private static final double NANOS = 1e9;

    private static final Refused FULL =
            new Refused(
                    "connections", "There is no room left just now. Please try again in a minute.");

    private final long room; // for connections, by the descriptors
    private final Supplier<Limits> limits;
    private final Function<InetAddress, @Nullable Ban> bans;
    private final LongSupplier nanoTime;
    private final Map<Source, Visits> visits = new LinkedHashMap<>(16, 0.75f, true);
    private int connections; // of clients: each takes a descriptor
    private int relayed; // sessions whose clients are connected to other portals

    /** The state of an address. */
    private static final class Visits {
        private int open;
        private double tokens = BURST;
        private long refilledAt;

        private Visits(long now) {
            refilledAt = now;
        }
    }

    /**
     * @param limits the current limits; a change does not affect existing connections
     * @param maxDescriptors file descriptors that the process may have open; some are reserved
     * @param bans the ban of an address; null for none
     * @param nanoTime a clock that only goes forward
     */
    ConnectionLimits(
            Supplier<Limits> limits,
            long maxDescriptors,
            Function<InetAddress, @Nullable Ban> bans,
            LongSupplier nanoTime) {
        this.room = Math.max(1, maxDescriptors - RESERVED_DESCRIPTORS);
        this.limits = limits;
        this.bans = bans;
        this.nanoTime = nanoTime;
    }

    /** Descriptors reserved for other uses: jars, the database, listeners, refused connections. */
    private static final int RESERVED_DESCRIPTORS = 256;

    /** The number of file descriptors that this process may have open. */
    static long maxDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
    }

    @Override
    public synchronized Decision admit(InetAddress from) {
        Ban ban = bans.apply(from);
        if (ban != null) {
            String why = ban.reason().isEmpty() ? "" : " " + ban.reason();
            return new Refused("banned", "You may not come in from your address." + why);
        }
        Limits now = limits.get();
        if (isFull(now) || connections >= room) {
            return FULL;
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

    @Override
    public synchronized Decision admitRelayed() {
        if (isFull(limits.get())) {
            return FULL;
        }
        relayed++;
        AtomicBoolean given = new AtomicBoolean();
        return new Admitted(
                () -> {
                    if (given.compareAndSet(false, true)) {
                        leaveRelayed();
                    }
                });
    }

    private synchronized void leaveRelayed() {
        relayed--;
    }

    @Override
    public boolean isBanned(InetAddress from) {
        return bans.apply(from) != null;
    }

    /** Whether there are as many sessions as are configured, wherever their clients are. */
    private boolean isFull(Limits now) {
        return connections + relayed >= unlimited(now.connections());
    }

    /** The number of remembered addresses. */
    synchronized int remembered() {
        return visits.size();
    }

    private Place place(Source source) {
        AtomicBoolean given = new AtomicBoolean();
        return new Place() {
            @Override
            public void giveBack() {
                if (given.compareAndSet(false, true)) {
                    leave(source);
                }
            }

            @Override
            public void cameBack() {
                forgive(source);
            }
        };
    }

    private synchronized void forgive(Source source) {
        Visits seen = visits.get(source);
        if (seen != null) {
            seen.tokens = Math.min(BURST, seen.tokens + 1);
        }
    }

    private synchronized void leave(Source source) {
        connections--;
        Visits seen = visits.get(source);
        if (seen != null) {
            seen.open--;
        }
    }

    /** Takes a token from the bucket, which holds {@link #BURST} and refills at the given rate. */
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

    /** Forgets the least recently seen addresses without connections. */
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
