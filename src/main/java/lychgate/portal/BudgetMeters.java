package lychgate.portal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import lychgate.plugin.MemoryBudget;

/** Shows what all connections together keep for their clients: {@code lychgate_sessions_*bytes}. */
final class BudgetMeters {
    private BudgetMeters() {}

    static void count(MeterRegistry registry, MemoryBudget budget) {
        Gauge.builder("lychgate.sessions.bytes", budget, MemoryBudget::kept)
                .description("Bytes kept for clients that have not taken them, or not ended them.")
                .register(registry);
        Gauge.builder("lychgate.sessions.limit.bytes", budget, MemoryBudget::bytes)
                .description("How many these may be for longer than a moment.")
                .register(registry);
    }
}
