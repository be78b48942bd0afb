package lychgate.portal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import lychgate.plugin.OutputBudget;

/** Shows what all clients together have not taken yet: {@code lychgate_unsent_*}. */
final class OutputMeters {
    private OutputMeters() {}

    static void count(MeterRegistry registry, OutputBudget output) {
        Gauge.builder("lychgate.unsent.bytes", output, OutputBudget::unsent)
                .description("Bytes that all clients together have not taken yet.")
                .register(registry);
        Gauge.builder("lychgate.unsent.limit.bytes", output, OutputBudget::bytes)
                .description("How many these may be for longer than a moment.")
                .register(registry);
    }
}
