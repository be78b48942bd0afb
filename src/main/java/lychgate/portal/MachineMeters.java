package lychgate.portal;

import com.sun.management.OperatingSystemMXBean;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Metrics of the JVM and the process: {@code jvm_*} and {@code process_*}. */
final class MachineMeters {
    private MachineMeters() {}

    /** Names against the conventions of Prometheus; the second is {@code process_cpu_seconds}. */
    private static final Set<String> MISNAMED = Set.of("system.cpu.count", "process.cpu.time");

    private static final double NANOS = 1e9;

    static void count(MeterRegistry registry) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        MISNAMED.forEach(name -> registry.find(name).meters().forEach(registry::remove));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            FunctionCounter.builder("process.cpu", system, bean -> bean.getProcessCpuTime() / NANOS)
                    .baseUnit("seconds")
                    .description("Processor time of this process.")
                    .register(registry);
        }
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
