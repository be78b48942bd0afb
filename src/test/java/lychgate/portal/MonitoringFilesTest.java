package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import lychgate.admin.LinkStatus;
import lychgate.oob.Json;
import lychgate.plugin.MemoryBudget;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dashboard and the rules in {@code etc/} name only metrics that there are. */
class MonitoringFilesTest {
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:lychgate|jvm|process|system)_[a-z0-9_]+\\b");

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MicrometerMeters meters = new MicrometerMeters(registry);
    private final LinkStatus link = new LinkStatus(true, Duration.ZERO, 0, 0, 0);
    private final MemoryBudget budget = new MemoryBudget(1, System::nanoTime);

    MonitoringFilesTest() {
        meters.transport("telnet");
        meters.waited("game", 1);
        MachineMeters.count(registry);
        MachineMeters.countLogLines(registry, this, _ -> 0);
        LinkMeters.count(registry, () -> link);
        BudgetMeters.count(registry, budget);
        new RealmMeters(
                        registry,
                        "shard",
                        () -> Map.of("main", RealmMetersTest.peer(0)),
                        (_, then) -> then.accept(1))
                .look();
    }

    @ParameterizedTest
    @ValueSource(strings = {"etc/grafana/lychgate.json", "etc/prometheus/lychgate.rules.yml"})
    void everyMetricThatTheyNameExists(String file) throws Exception {
        Set<String> named = names(Files.readString(Path.of(file)));
        assertTrue(named.size() > 5, named.toString());
        named.removeAll(names(registry.scrape()));
        assertEquals(Set.of(), named);
    }

    @Test
    void dashboardIsWhatGrafanaReads() throws Exception {
        Object dashboard = Json.readOurs(Files.readString(Path.of("etc/grafana/lychgate.json")));
        assertTrue(dashboard instanceof Map<?, ?> map && "Lychgate".equals(map.get("title")));
    }

    /** What promtool check metrics says of them is in the tests with real programs. */
    @Test
    void noMetricHasANameAgainstTheConventionsOfPrometheus() {
        Set<String> names = names(registry.scrape());
        assertTrue(names.contains("process_cpu_seconds_total"), names.toString());
        assertTrue(names.stream().noneMatch(name -> name.contains("_ns_")), names.toString());
        assertTrue(!names.contains("system_cpu_count"), names.toString());
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher found = METRIC.matcher(text);
        while (found.find()) {
            names.add(found.group());
        }
        return names;
    }
}
