package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import lychgate.admin.PeerStatus;
import lychgate.bus.Greeting;
import lychgate.nats.NatsStream;
import lychgate.nats.Peer;
import lychgate.session.Meters;
import lychgate.testing.MemoryBus;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class RealmMetersTest {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, Peer> peers = new HashMap<>();
    private final RealmMeters meters =
            new RealmMeters(
                    registry, "shard", () -> peers, (_, then) -> then.accept(3_000_000)); // 3 ms

    @Test
    void eachShardHasItsOwn() {
        peers.put("main", peer(7));
        meters.look();
        peers.put("east", peer(0));
        meters.look();
        for (String line :
                new String[] {
                    "lychgate_bus_unacknowledged{shard=\"main\"} 0.0",
                    "lychgate_bus_unacknowledged_bytes{shard=\"main\"} 0.0",
                    "lychgate_bus_resent_total{shard=\"main\"} 0.0",
                    "lychgate_bus_gaps_total{shard=\"main\"} 0.0",
                    "lychgate_bus_held_commands{shard=\"main\"} 7.0",
                    "lychgate_bus_held_commands{shard=\"east\"} 0.0",
                    "lychgate_bus_round_trip_seconds_count{shard=\"main\"} 2",
                    "lychgate_bus_round_trip_seconds_count{shard=\"east\"} 1",
                    "lychgate_bus_round_trip_seconds_bucket{shard=\"east\",le=\"0.002\"} 0",
                    "lychgate_bus_round_trip_seconds_bucket{shard=\"east\",le=\"0.01\"} 1"
                }) {
            assertTrue(registry.scrape().contains("\n" + line + "\n"), registry.scrape());
        }
    }

    @Test
    void portalThatServesHoldsNoCommandsForOthers() {
        peers.put("main", new Peer(peer(0).stream(), () -> Peer.State.UP, null));
        meters.look();
        assertFalse(registry.scrape().contains("held"), registry.scrape());
    }

    @Test
    void operatorsAreToldOfEachInOrder() {
        peers.put("10", new Peer(peer(0).stream(), () -> Peer.State.UP, null));
        peers.put("2", peer(3, Peer.State.AWAY));
        peers.put("1", peer(0, Peer.State.GONE));
        assertEquals(List.of(), meters.status());
        meters.look();
        assertEquals(
                List.of(
                        new PeerStatus("1", "gone", null, 0, 0L),
                        new PeerStatus("2", "away", null, 0, 3L),
                        new PeerStatus("10", "up", 3.0, 0, null)),
                meters.status());
    }

    @Test
    void onlySoManyPeersHaveMetrics() {
        for (int i = 0; i <= RealmMeters.MAX_PEERS; i++) {
            peers.put("shard-" + i, peer(0));
        }
        meters.look();
        meters.look();
        assertEquals(
                RealmMeters.MAX_PEERS,
                registry.scrape()
                        .lines()
                        .filter(line -> line.startsWith("lychgate_bus_gaps_total{"))
                        .count());
    }

    /** One that is there. */
    static Peer peer(int held) {
        return peer(held, Peer.State.UP);
    }

    private static Peer peer(int held, Peer.State state) {
        NatsStream stream =
                new NatsStream(
                        "test",
                        true,
                        new Greeting(1, "here", 1),
                        MemoryBus::new,
                        "subject",
                        Meters.NONE,
                        System::nanoTime);
        return new Peer(() -> stream, () -> state, () -> held);
    }
}
