package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import lychgate.plugin.MemoryBudget;

import org.junit.jupiter.api.Test;

class BudgetMetersTest {
    @Test
    void whatIsKeptForClientsIsShownBesideItsBound() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        MemoryBudget budget = new MemoryBudget(1_000, () -> 0);
        BudgetMeters.count(registry, budget);
        budget.add(300);
        budget.add(-1);
        String page = registry.scrape();
        assertTrue(page.contains("lychgate_sessions_bytes 299.0"), page);
        assertTrue(page.contains("lychgate_sessions_limit_bytes 1000.0"), page);
    }
}
