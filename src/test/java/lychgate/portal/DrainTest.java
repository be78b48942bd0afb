package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.admin.Draining;
import lychgate.plugin.Admission;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

class DrainTest {
    private static final InetAddress SOMEWHERE = InetAddress.ofLiteral("192.0.2.7");
    private static final InetAddress BANNED = InetAddress.ofLiteral("192.0.2.66");

    private int sessions = 2;
    private boolean away;
    private int stops;
    private long nanos = Long.MAX_VALUE - 5; // overflows soon: only differences count
    private final Drain drain =
            new Drain(new Doors(), () -> sessions, () -> away, () -> nanos, () -> stops++);

    @Test
    void newcomersAreAdmittedUntilItIsOrdered() {
        drain.look();
        assertEquals("admitted", reason(SOMEWHERE));
        assertEquals(List.of(), drain.unready());
        assertNull(drain.status());
        drain.begin(Duration.ZERO);
        assertEquals("draining", reason(SOMEWHERE));
        assertEquals(List.of("draining: no newcomers"), drain.unready());
    }

    @Test
    void bannedAddressIsToldThatItIsBanned() {
        drain.begin(Duration.ZERO);
        assertEquals("banned", reason(BANNED));
    }

    @Test
    void whoMayComeBackIsAdmittedWhileSomebodyIsAway() {
        assertTrue(drain.takesNewcomers());
        drain.begin(Duration.ZERO);
        assertFalse(drain.takesNewcomers());
        assertInstanceOf(Admission.Refused.class, drain.admitReturning(SOMEWHERE));
        away = true;
        assertInstanceOf(Admission.Admitted.class, drain.admitReturning(SOMEWHERE));
        assertInstanceOf(Admission.Refused.class, drain.admitReturning(BANNED));
        assertInstanceOf(Admission.Refused.class, drain.admit(SOMEWHERE));
    }

    @Test
    void portalStopsOnceWhenTheLastHasLeft() {
        drain.begin(Duration.ZERO);
        passes(Duration.ofDays(3));
        assertEquals(0, stops);
        sessions = 0;
        passes(Duration.ofSeconds(1));
        passes(Duration.ofSeconds(1));
        assertEquals(1, stops);
    }

    @Test
    void portalStopsWhenTheTimeIsOverEvenIfPlayersAreLeft() {
        drain.begin(Duration.ofSeconds(60));
        passes(Duration.ofSeconds(59));
        assertEquals(new Draining(Duration.ofSeconds(59), Duration.ofSeconds(1)), drain.status());
        assertEquals(0, stops);
        passes(Duration.ofSeconds(1));
        assertEquals(1, stops);
    }

    @Test
    void laterOrderReplacesTheTimeOfAnEarlierOne() {
        drain.begin(Duration.ofSeconds(60));
        passes(Duration.ofSeconds(50));
        drain.begin(Duration.ofSeconds(60));
        passes(Duration.ofSeconds(50));
        assertEquals(0, stops);
        drain.begin(Duration.ZERO);
        passes(Duration.ofDays(1));
        assertEquals(0, stops);
        drain.begin(Duration.ofSeconds(1));
        passes(Duration.ofSeconds(1));
        assertEquals(1, stops);
    }

    private void passes(Duration time) {
        nanos += time.toNanos();
        drain.look();
    }

    private String reason(InetAddress from) {
        return switch (drain.admit(from)) {
            case Admission.Admitted _ -> "admitted";
            case Admission.Refused(String reason, String _) -> reason;
        };
    }

    /** Lets everybody in but one. */
    private static final class Doors implements Admission {
        @Override
        public Decision admit(InetAddress from) {
            return isBanned(from) ? new Refused("banned", "No.") : new Admitted(() -> {});
        }

        @Override
        public boolean isBanned(InetAddress from) {
            return from.equals(BANNED);
        }
    }
}
