package lychgate.portal;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;

import java.util.function.ToDoubleFunction;

/** Counts what the virtual machine and the process take: {@code jvm_*} and {@code process_*}. */
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
     * Counts lines that the log was spared: {@code lychgate_log_left_out_total}.
     *
     * @param owner who knows, and is there as long as somebody looks: a registry holds nobody
     * @param lines asked whenever somebody looks
     */
    static <T> void countLogLines(MeterRegistry registry, T owner, ToDoubleFunction<T> lines) {
        FunctionCounter.builder("lychgate.log.left.out", owner, lines)
                .description("Lines of the log that were left out, for there were too many.")
                .register(registry);
    }
}
