package lychgate.portal;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import lychgate.nats.NatsStream;
import lychgate.nats.Peer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Metrics of the links to other portals of the realm, {@code lychgate_bus_*}: by shard at a portal
 * with players, by portal at one that serves. Only accessed by the timer, but for what is read at a
 * scrape.
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

    private final MeterRegistry registry;
    private final String label;
    private final Supplier<Map<String, Peer>> peers;
    private final Probe probe;
    private final Map<String, Watched> watched = new HashMap<>();

    /** A peer, which the registry does not keep, and what is recorded of it. */
    private record Watched(Peer peer, Timer roundTrips) {}

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
                                watched.put(name, new Watched(peer, timer));
                            }
                        });
        watched.forEach(
                (name, its) ->
                        probe.measure(
                                name, nanos -> its.roundTrips.record(Duration.ofNanos(nanos))));
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
