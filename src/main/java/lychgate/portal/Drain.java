package lychgate.portal;

import lychgate.admin.Draining;
import lychgate.plugin.Admission;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Empties the portal when an operator says so: newcomers are refused, and the portal stops when the
 * last client has left, or after a time. Sessions whose clients are away count: they may come back.
 * Those whose clients are connected to other portals do not: they outlive this one. Any thread may
 * ask.
 */
final class Drain implements Admission {
    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    private static final Refused DRAINING =
            new Refused(
                    "draining", "The game is about to stop. Please try again in a few minutes.");

    private final Admission limits;
    private final IntSupplier sessions;
    private final BooleanSupplier areAway;
    private final LongSupplier nanoTime;
    private final Runnable stop;
    private volatile @Nullable Order order;
    private boolean over; // only accessed by the timer

    /**
     * What was ordered.
     *
     * @param nanos how long it may take; 0: as long as it takes
     */
    private record Order(long since, long nanos) {}

    /**
     * @param limits decide about newcomers until then
     * @param sessions the number of those that it waits for
     * @param areAway whether the client of any of them is away
     * @param nanoTime a clock that only goes forward
     * @param stop ends the portal
     */
    Drain(
            Admission limits,
            IntSupplier sessions,
            BooleanSupplier areAway,
            LongSupplier nanoTime,
            Runnable stop) {
        this.limits = limits;
        this.sessions = sessions;
        this.areAway = areAway;
        this.nanoTime = nanoTime;
        this.stop = stop;
    }

    /** Empties the portal of these sessions, as far as their clients are connected here. */
    static Drain of(
            PortalSessions sessions, Admission limits, LongSupplier nanoTime, Runnable stop) {
        return new Drain(
                limits,
                () -> (int) sessions.all().stream().filter(OpenSession::hasClientHere).count(),
                () ->
                        sessions.all().stream()
                                .anyMatch(each -> each.hasClientHere() && each.absence() != null),
                nanoTime,
                stop);
    }

    /** Begins; or changes the time, counted from now. */
    synchronized void begin(Duration timeout) {
        log.info(
                "draining, {} sessions: no newcomers, ends when the last has left{}",
                sessions.getAsInt(),
                timeout.isZero() ? "" : ", or in " + timeout.toSeconds() + " s");
        order = new Order(nanoTime.getAsLong(), timeout.toNanos());
    }

    /** Stops the portal if it is time to; called once a second. */
    void look() {
        Order now = order;
        if (now == null || over) {
            return;
        }
        boolean late = now.nanos > 0 && nanoTime.getAsLong() - now.since >= now.nanos;
        int left = sessions.getAsInt();
        if (left == 0 || late) {
            over = true;
            log.info("drained, {} sessions left", left);
            stop.run();
        }
    }

    /** How far it is; null if it was not ordered. */
    @Nullable Draining status() {
        Order now = order;
        if (now == null) {
            return null;
        }
        long spent = nanoTime.getAsLong() - now.since;
        long left = Math.ceilDiv(Math.max(0, now.nanos - spent), TimeUnit.SECONDS.toNanos(1));
        return new Draining(
                Duration.ofNanos(spent), now.nanos == 0 ? null : Duration.ofSeconds(left));
    }

    /** Why the portal is not ready; empty if no drain was ordered. */
    List<String> unready() {
        return order == null ? List.of() : List.of("draining: no newcomers");
    }

    @Override
    public Decision admit(InetAddress from) {
        return order == null || limits.isBanned(from) ? limits.admit(from) : DRAINING;
    }

    /** While somebody is away, anyone may be somebody who comes back. */
    @Override
    public Decision admitReturning(InetAddress from) {
        return order != null && areAway.getAsBoolean() ? limits.admit(from) : admit(from);
    }

    @Override
    public Decision admitRelayed() {
        return order == null ? limits.admitRelayed() : DRAINING;
    }

    /** They keep the portal from nothing: it does not wait for them. */
    @Override
    public Decision admitResumed() {
        return limits.admitResumed();
    }

    @Override
    public boolean takesNewcomers() {
        return order == null;
    }

    @Override
    public boolean isBanned(InetAddress from) {
        return limits.isBanned(from);
    }
}
