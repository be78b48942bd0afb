package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import lychgate.admin.LinkStatus;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class LinkMetersTest {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private LinkStatus link = new LinkStatus(true, Duration.ZERO, 0, 0, 0);

    @Test
    void linkIsShownAsItIsWhenSomebodyLooks() {
        LinkMeters.count(registry, () -> link);
        assertShown(
                "lychgate_link_up 1.0",
                "lychgate_link_away_seconds 0.0",
                "lychgate_held_commands 0.0",
                "lychgate_held_bytes 0.0");
        link = new LinkStatus(false, Duration.ofMillis(1_500), 3, 45, 1);
        assertShown(
                "lychgate_link_up 0.0",
                "lychgate_link_away_seconds 1.5",
                "lychgate_held_commands 3.0",
                "lychgate_held_bytes 45.0");
    }

    private void assertShown(String... lines) {
        String scraped = registry.scrape();
        for (String line : lines) {
            assertTrue(scraped.contains("\n" + line + "\n"), scraped);
        }
    }
}
