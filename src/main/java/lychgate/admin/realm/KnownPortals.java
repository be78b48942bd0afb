package lychgate.admin.realm;

import lychgate.nats.ConnectionWatcher;
import lychgate.nats.NatsConfig;
import lychgate.nats.NatsConnection;
import lychgate.nats.Subjects;
import lychgate.session.Meters;

import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The other portals of the realm, known from their heartbeats. Any thread may call. */
public final class KnownPortals implements ConnectionWatcher {
    /**
     * A portal that has not been heard for so long is forgotten: it has crashed and was not started
     * again. Until then an operator who gives a command to all portals is told that it is missing.
     */
    private static final Duration FORGET = Duration.ofMinutes(5);

    /** All portals that are there are heard within it: they send a heartbeat each second. */
    private static final Duration ROUND = Duration.ofMillis(1_500);

    private final NatsConfig config;
    private final Meters meters;
    private final LongSupplier nanoTime;
    private final Map<Integer, Long> heard = new ConcurrentHashMap<>();
    private volatile long connectedAt;

    /**
     * @param nanoTime a clock that only goes forward
     */
    public KnownPortals(NatsConfig config, Meters meters, LongSupplier nanoTime) {
        this.config = config;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.connectedAt = nanoTime.getAsLong();
    }

    /** Begins to listen. */
    public void open(NatsConnection connection) {
        connection.watch(this);
        var _ = connection.subscribeSharing(config.subjects().portalHeartbeats(), this::heard);
    }

    /**
     * A heartbeat has come.
     *
     * @param body empty if the portal stops
     */
    void heard(String subject, byte[] body) {
        int portal = Subjects.portal(subject);
        if (portal == 0) {
            meters.malformed("bus_subject");
        } else if (body.length == 0) {
            heard.remove(portal);
        } else if (portal != config.portal()) {
            heard.put(portal, nanoTime.getAsLong());
        }
    }

    @Override
    public void connected() {
        connectedAt = nanoTime.getAsLong();
    }

    @Override
    public void disconnected() {}

    /** Their numbers, in order. */
    SortedSet<Integer> numbers() {
        long now = nanoTime.getAsLong();
        heard.values().removeIf(at -> now - at > FORGET.toNanos());
        return new TreeSet<>(heard.keySet());
    }

    /** The time until all that are there have been heard; zero if they have. */
    Duration untilComplete() {
        Duration listened = Duration.ofNanos(nanoTime.getAsLong() - connectedAt);
        return listened.compareTo(ROUND) < 0 ? ROUND.minus(listened) : Duration.ZERO;
    }
}
