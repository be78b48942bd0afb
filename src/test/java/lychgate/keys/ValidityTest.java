package lychgate.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

class ValidityTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @Test
    void certificateIsWarnedOfTwoWeeksBeforeItExpires() {
        assertNull(days(-76, 14).warning(NOW));
        assertEquals(
                "server.crt: the certificate expires in 13 days, at 2026-12-12T11:59:59Z: renew it",
                new Validity(
                                Path.of("server.crt"),
                                NOW.minus(Duration.ofDays(76)),
                                NOW.plus(Duration.ofDays(14)).minusSeconds(1))
                        .warning(NOW));
    }

    @Test
    void certificateOfAFewDaysIsWarnedOfInItsLastThird() {
        assertNull(days(-3, 3).warning(NOW));
        assertEquals(
                "server.crt: the certificate expires in 1 days, at 2026-11-29T12:00:00Z: renew it",
                days(-5, 1).warning(NOW));
    }

    @Test
    void certificateIsInvalidBeforeItsTimeAndAfter() {
        assertEquals(
                "server.crt: the certificate has expired at 2026-11-28T12:00:00Z: renew it",
                days(-90, 0).warning(NOW));
        assertEquals(true, days(-90, 0).isInvalid(NOW));
        assertEquals(
                "server.crt: the certificate is not valid before 2026-11-29T12:00:00Z: check the"
                        + " clock",
                days(1, 90).warning(NOW));
        assertEquals(true, days(1, 90).isInvalid(NOW));
        assertEquals(false, days(-1, 1).isInvalid(NOW));
    }

    @Test
    void validityIsThatOfTheFile(@TempDir Path folder) throws IOException {
        assertNull(TlsKeys.validity(folder));
        TlsKeys keys = TlsKeys.open(folder);
        assertEquals(keys.validity(), TlsKeys.validity(folder));
        assertNull(assertNotNullValidity(folder).warning(Instant.now()));
    }

    private static Validity assertNotNullValidity(Path folder) throws IOException {
        Validity validity = TlsKeys.validity(folder);
        assertNotNull(validity);
        return validity;
    }

    private static Validity days(int from, int until) {
        return new Validity(
                Path.of("server.crt"),
                NOW.plus(Duration.ofDays(from)),
                NOW.plus(Duration.ofDays(until)));
    }
}
