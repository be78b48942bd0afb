package lychgate.portal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import lychgate.plugin.MemoryBudget;

/** Metrics of the memory kept for all clients together: {@code lychgate_sessions_*bytes}. */
final class BudgetMeters {
    private BudgetMeters() {}

    static void count(MeterRegistry registry, MemoryBudget budget) {
        Gauge.builder("lychgate.sessions.bytes", budget, MemoryBudget::kept)
                .description("Bytes kept for clients: unsent output and incomplete input.")
                .register(registry);
        Gauge.builder("lychgate.sessions.limit.bytes", budget, MemoryBudget::bytes)
                .description("The limit on these bytes, which may be exceeded only briefly.")
                .register(registry);
    }
}
