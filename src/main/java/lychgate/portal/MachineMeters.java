package lychgate.portal;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;

import java.util.function.ToDoubleFunction;

/** Metrics of the JVM and the process: {@code jvm_*} and {@code process_*}. */
final class MachineMeters {
    private MachineMeters() {}

    static void count(MeterRegistry registry) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /**
     * Counts suppressed log lines: {@code lychgate_log_left_out_total}.
     *
     * @param owner the object to query; the caller must keep it reachable, the registry does not
     * @param lines queried at each scrape
     */
    static <T> void countLogLines(MeterRegistry registry, T owner, ToDoubleFunction<T> lines) {
        FunctionCounter.builder("lychgate.log.left.out", owner, lines)
                .description("Log lines suppressed because there were too many.")
                .register(registry);
    }
}
