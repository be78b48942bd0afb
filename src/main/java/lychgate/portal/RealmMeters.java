package lychgate.portal;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import lychgate.admin.PeerStatus;
import lychgate.nats.NatsStream;
import lychgate.nats.Peer;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Metrics of the links to other portals of the realm, {@code lychgate_bus_*}: by shard at a portal
 * with players, by portal at one that serves. {@link #look} is called by the timer; any thread may
 * read.
 */
final class RealmMeters {
    /** Peers with metrics of their own. More would make the scrape long; they work without. */
    static final int MAX_PEERS = 64;

    /** Histogram buckets of the round trip; on one machine it takes a fifth of a millisecond. */
    private static final Duration[] ROUND_TRIPS = {
        Duration.ofNanos(500_000),
        Duration.ofMillis(2),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1)
    };

    private static final long UNKNOWN = -1;

    /** Portals by their numbers, shards by their names. */
    private static final Comparator<PeerStatus> ORDER =
            Comparator.comparing((PeerStatus peer) -> !isNumber(peer))
                    .thenComparingInt(peer -> isNumber(peer) ? peer.name().length() : 0)
                    .thenComparing(PeerStatus::name);

    private final MeterRegistry registry;
    private final String label;
    private final Supplier<Map<String, Peer>> peers;
    private final Probe probe;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();

    /** A peer, which the registry does not keep, and what is recorded of it. */
    private record Watched(Peer peer, Timer roundTrips, AtomicLong lastNanos) {
        void record(long nanos) {
            roundTrips.record(Duration.ofNanos(nanos));
            lastNanos.set(nanos);
        }

        PeerStatus status(String name) {
            Peer.State state = peer.state().get();
            long nanos = lastNanos.get();
            IntSupplier held = peer.held();
            return new PeerStatus(
                    name,
                    state.name().toLowerCase(Locale.ROOT),
                    state == Peer.State.UP && nanos != UNKNOWN ? nanos / 1e6 : null,
                    peer.stream().get().unacknowledged(),
                    held == null ? null : (long) held.getAsInt());
        }
    }

    /** Measures the round trip to a peer. */
    interface Probe {
        /**
         * Does so.
         *
         * @param then gets the nanoseconds, if there is an answer
         */
        void measure(String peer, LongConsumer then);
    }

    /**
     * @param label what the peers are: {@code shard} or {@code portal}
     * @param peers those that there are now, by name
     */
    RealmMeters(
            MeterRegistry registry, String label, Supplier<Map<String, Peer>> peers, Probe probe) {
        this.registry = registry;
        this.label = label;
        this.peers = peers;
        this.probe = probe;
    }

    /** Measures each peer, new ones too. */
    void look() {
        peers.get()
                .forEach(
                        (name, peer) -> {
                            if (!watched.containsKey(name) && watched.size() < MAX_PEERS) {
                                Timer timer = register(peer, Tags.of(label, name));
                                watched.put(
                                        name, new Watched(peer, timer, new AtomicLong(UNKNOWN)));
                            }
                        });
        watched.forEach((name, its) -> probe.measure(name, its::record));
    }

    /** The links, for operators. */
    List<PeerStatus> status() {
        return watched.entrySet().stream()
                .map(entry -> entry.getValue().status(entry.getKey()))
                .sorted(ORDER)
                .toList();
    }

    private static boolean isNumber(PeerStatus peer) {
        return peer.name().chars().allMatch(Character::isDigit);
    }

    private Timer register(Peer peer, Tags tags) {
        Supplier<NatsStream> stream = peer.stream();
        gauge(
                "lychgate.bus.unacknowledged",
                "Frames that the other end has not acknowledged.",
                tags,
                stream,
                NatsStream::unacknowledged);
        gauge(
                "lychgate.bus.unacknowledged.bytes",
                "Bytes of these frames.",
                tags,
                stream,
                NatsStream::unacknowledgedBytes);
        counter(
                "lychgate.bus.resent",
                "Frames that were sent again.",
                tags,
                stream,
                NatsStream::resent);
        counter(
                "lychgate.bus.gaps",
                "Frames that came before one that was due.",
                tags,
                stream,
                NatsStream::gaps);
        IntSupplier held = peer.held();
        if (held != null) {
            Gauge.builder("lychgate.bus.held.commands", held, IntSupplier::getAsInt)
                    .description("Commands that the game of the shard has not answered.")
                    .tags(tags)
                    .strongReference(true)
                    .register(registry);
        }
        return Timer.builder("lychgate.bus.round.trip")
                .description("Round trip over NATS to the other end.")
                .tags(tags)
                .serviceLevelObjectives(ROUND_TRIPS)
                .register(registry);
    }

    private void gauge(
            String name,
            String description,
            Tags tags,
            Supplier<NatsStream> stream,
            ToDoubleFunction<NatsStream> value) {
        Gauge.builder(name, stream, its -> value.applyAsDouble(its.get()))
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private void counter(
            String name,
            String description,
            Tags tags,
            Supplier<NatsStream> stream,
            ToDoubleFunction<NatsStream> value) {
        FunctionCounter.builder(name, stream, its -> value.applyAsDouble(its.get()))
                .description(description)
                .tags(tags)
                .register(registry);
    }
}
