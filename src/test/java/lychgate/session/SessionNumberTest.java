package lychgate.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

class SessionNumberTest {
    @ParameterizedTest
    @CsvSource({
        "1,    2025-01-01T00:00:00Z,    8000000000000",
        "1,    2025-01-01T00:00:01.9Z,  8000000100000",
        "2,    2026-11-21T12:00:00Z,    1038d024000000",
        "4095, 2025-01-01T00:00:00Z,    7ff8000000000000",
        "4095, 2093-01-19T03:14:07Z,    7ffffffffff00000",
        "1,    2093-01-19T03:14:08Z,    ffffffff00000", // there is no later second
        "1,    2024-12-31T23:59:59Z,    8000000000000"
    })
    void portalCountsFromItsNumberAndTheSecondOfItsStart(
            int portal, Instant started, String first) {
        assertEquals(first, Long.toHexString(SessionNumber.first(portal, started)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 4095})
    void numberTellsThePortal(int portal) {
        long first = SessionNumber.first(portal, Instant.parse("2026-11-21T12:00:00Z"));
        assertEquals(portal, SessionNumber.portal(first));
        assertEquals(portal, SessionNumber.portal(first + 5_000_000));
        assertTrue(first > 0);
    }

    @Test
    void portalAloneIsNone() {
        assertEquals(0, SessionNumber.portal(1));
        assertEquals(0, SessionNumber.portal(1_000_000_000));
    }

    @Test
    void millionSessionsInASecondMakeRoomForTheNextStart() {
        long first = SessionNumber.first(3, Instant.parse("2026-11-21T12:00:00Z"));
        long later = SessionNumber.first(3, Instant.parse("2026-11-21T12:00:01Z"));
        assertEquals(1_048_576, later - first);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4096})
    void otherNumbersAreNoPortal(int portal) {
        assertThrows(
                IllegalArgumentException.class, () -> SessionNumber.first(portal, Instant.EPOCH));
    }
}
