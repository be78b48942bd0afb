package lychgate.portal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import lychgate.admin.AdminConfig;
import lychgate.admin.AdminHttp;
import lychgate.admin.Commands;
import lychgate.admin.Operations;
import lychgate.admin.page.LogTail;
import lychgate.admin.page.OperatorsPage;
import lychgate.admin.page.PageAccess;
import lychgate.admin.page.Trends;
import lychgate.admin.page.Trends.Figures;
import lychgate.plugin.Scheduler;
import lychgate.session.Meters;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What operators watch the portal with over HTTP: monitoring, and their page. */
final class Administration {
    private final PrometheusMeterRegistry registry;
    private final Operations operations;
    private final Commands commands;
    private final LogTail log = new LogTail();

    Administration(PrometheusMeterRegistry registry, Operations operations, Commands commands) {
        this.registry = registry;
        this.operations = operations;
        this.commands = commands;
    }

    /** Takes the log's lines for the page. */
    LogTail log() {
        return log;
    }

    /**
     * The service.
     *
     * @param unready why the portal is not ready
     * @throws StartException if the token cannot be used
     */
    AdminHttp service(
            AdminConfig config, Supplier<List<String>> unready, Meters meters, Scheduler timer)
            throws StartException {
        try {
            PageAccess access = PageAccess.of(config.tokenFile(), meters, System::nanoTime);
            Trends trends = new Trends(this::figures);
            timer.every(Duration.ofSeconds(Trends.SECONDS), trends::look);
            return new AdminHttp(
                    config,
                    unready,
                    registry::scrape,
                    new OperatorsPage(access, operations, commands, trends, log));
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private Figures figures() {
        double waits = 0;
        double seconds = 0;
        for (Timer each : registry.find("lychgate.thread.wait").timers()) {
            if (!String.valueOf(each.getId().getTag("thread")).equals("accept")) {
                waits += each.count();
                seconds += each.totalTime(TimeUnit.SECONDS);
            }
        }
        return new Figures(
                registry.find("lychgate.sessions").gauges().stream()
                        .mapToDouble(Gauge::value)
                        .sum(),
                counted("lychgate.lines"),
                counted("lychgate.refused"),
                waits,
                seconds);
    }

    private double counted(String name) {
        return registry.find(name).counters().stream().mapToDouble(Counter::count).sum();
    }
}
