package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import lychgate.plugin.OutputBudget;

import org.junit.jupiter.api.Test;

class OutputMetersTest {
    @Test
    void whatAllClientsHaveNotTakenIsShownBesideItsBound() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        OutputBudget output = new OutputBudget(1_000, () -> 0);
        OutputMeters.count(registry, output);
        output.add(300);
        output.add(-1);
        String page = registry.scrape();
        assertTrue(page.contains("lychgate_unsent_bytes 299.0"), page);
        assertTrue(page.contains("lychgate_unsent_limit_bytes 1000.0"), page);
    }
}
