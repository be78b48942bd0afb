package lychgate.admin.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.nats.NatsConfig;
import lychgate.session.Meters;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

class KnownPortalsTest {
    private static final byte[] ALIVE = {1};

    private final List<String> malformed = new ArrayList<>();
    private Duration now = Duration.ofHours(7);
    private final KnownPortals known =
            new KnownPortals(
                    NatsConfig.DEFAULT, // portal 1
                    new Meters() {
                        @Override
                        public void malformed(String kind) {
                            malformed.add(kind);
                        }
                    },
                    () -> now.toNanos());

    @Test
    void portalsThatWereHeardAreKnownInOrder() {
        List.of(4095, 2, 10).forEach(this::heard);
        assertEquals(List.of(2, 10, 4095), List.copyOf(known.numbers()));
    }

    @Test
    void itIsNotAmongTheOthers() {
        heard(1);
        assertEquals(Set.of(), known.numbers());
    }

    @Test
    void whoStopsIsForgottenAtOnce() {
        heard(2);
        known.heard("pl.main.hb.portal.2", new byte[0]);
        assertEquals(Set.of(), known.numbers());
    }

    @Test
    void whoFallsSilentIsMissedForFiveMinutes() {
        heard(2);
        now = now.plusSeconds(200);
        heard(3);
        now = now.plusSeconds(100);
        assertEquals(Set.of(2, 3), known.numbers());
        now = now.plusSeconds(1);
        assertEquals(Set.of(3), known.numbers());
    }

    @Test
    void numberThatNoPortalHasIsCounted() {
        known.heard("pl.main.hb.portal.4096", ALIVE);
        known.heard("pl.main.hb.portal.x", ALIVE);
        assertEquals(Set.of(), known.numbers());
        assertEquals(List.of("bus_subject", "bus_subject"), malformed);
    }

    @Test
    void allAreHeardAMomentAfterEachConnection() {
        now = now.plusMillis(700);
        assertEquals(Duration.ofMillis(800), known.untilComplete());
        now = now.plusMillis(800);
        assertEquals(Duration.ZERO, known.untilComplete());
        known.connected();
        assertEquals(Duration.ofMillis(1_500), known.untilComplete());
    }

    private void heard(int portal) {
        known.heard("pl.main.hb.portal." + portal, ALIVE);
    }
}
