package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import lychgate.session.Meters.Direction;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

class MicrometerMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerMeters meters = new MicrometerMeters(registry);

    @Test
    void trafficAndRefusalsAreCountedFromZero() {
        Map<String, Double> counted = counted();
        for (String name :
                List.of(
                        "bytes{direction=in}",
                        "bytes{direction=out}",
                        "lines{direction=in}",
                        "lines{direction=out}",
                        "input.resent{}",
                        "oob.dropped{}",
                        "round.trip{}",
                        "refused{reason=connections}",
                        "refused{reason=held_input}",
                        "refused{reason=unsent}")) {
            assertEquals(0.0, counted.get("lychgate." + name), name);
        }
    }

    @Test
    void transportIsShownBeforeItHasASession() {
        meters.transport("telnet-tls");
        assertEquals(0.0, counted().get("lychgate.sessions{transport=telnet-tls}"));
        assertEquals(0.0, counted().get("lychgate.connects{transport=telnet-tls}"));
    }

    @Test
    void whatIsCountedIsDescribed() {
        meters.opened("ssh");
        meters.malformed("charset");
        for (Meter meter : registry.getMeters()) {
            boolean partOfAnother = meter.getId().getName().endsWith(".histogram");
            assertTrue(
                    partOfAnother || meter.getId().getDescription() != null,
                    meter.getId().toString());
        }
    }

    @Test
    void roundTripsAreCountedAndTimed() {
        meters.roundTrip(Duration.ofMillis(30));
        meters.roundTrip(Duration.ofMillis(50));
        Timer timer = registry.get("lychgate.round.trip").timer();
        assertEquals(2, timer.count());
        assertEquals(80, timer.totalTime(TimeUnit.MILLISECONDS));
    }

    @Test
    void linesAndBytesAreCountedByTheirDirection() {
        meters.line(Direction.IN);
        meters.line(Direction.IN);
        meters.line(Direction.OUT);
        meters.bytes(Direction.IN, 10);
        meters.bytes(Direction.OUT, 1_000);
        meters.bytes(Direction.OUT, 24);
        assertEquals(2.0, counted().get("lychgate.lines{direction=in}"));
        assertEquals(1.0, counted().get("lychgate.lines{direction=out}"));
        assertEquals(10.0, counted().get("lychgate.bytes{direction=in}"));
        assertEquals(1_024.0, counted().get("lychgate.bytes{direction=out}"));
    }

    @Test
    void sessionsAreCountedByTheirTransport() {
        meters.opened("telnet");
        meters.opened("telnet");
        meters.opened("ssh");
        meters.closed("telnet");
        assertEquals(1.0, counted().get("lychgate.sessions{transport=telnet}"));
        assertEquals(1.0, counted().get("lychgate.sessions{transport=ssh}"));
        assertEquals(2.0, counted().get("lychgate.connects{transport=telnet}"));
        assertEquals(1.0, counted().get("lychgate.connects{transport=ssh}"));
    }

    @Test
    void transportsBeyondTheBoundAreCountedTogether() {
        meters.transport("telnet");
        for (int i = 0; i < 1_000; i++) {
            meters.opened("x" + i);
        }
        meters.opened("telnet");
        assertEquals(1.0, counted().get("lychgate.sessions{transport=telnet}"));
        assertEquals(1.0, counted().get("lychgate.sessions{transport=x62}"));
        assertEquals(937.0, counted().get("lychgate.sessions{transport=other}"));
        assertEquals(937.0, counted().get("lychgate.connects{transport=other}"));
        meters.moved("x999", "telnet");
        for (int i = 0; i < 999; i++) {
            meters.closed("x" + i);
        }
        assertEquals(2.0, counted().get("lychgate.sessions{transport=telnet}"));
        assertEquals(0.0, counted().get("lychgate.sessions{transport=x62}"));
        assertEquals(0.0, counted().get("lychgate.sessions{transport=other}"));
        long names =
                counted().keySet().stream().filter(n -> n.startsWith("lychgate.sessions{")).count();
        assertEquals(MicrometerMeters.MAX_TRANSPORTS + 1, names);
    }

    @Test
    void refusalsAreCountedByTheirReasonAndMalformedInputByItsKind() {
        meters.refused("connections");
        meters.refused("connections");
        meters.malformed("charset");
        meters.oobDropped();
        assertEquals(2.0, counted().get("lychgate.refused{reason=connections}"));
        assertEquals(1.0, counted().get("lychgate.malformed{kind=charset}"));
        assertEquals(1.0, counted().get("lychgate.oob.dropped{}"));
    }

    @Test
    void timeWithoutTheGameIsAHistogramAndWhatWasSentAgainIsCounted() {
        meters.gameBack(TimeUnit.MILLISECONDS.toNanos(1_500));
        meters.inputResent(3);
        Timer gap = registry.get("lychgate.reload.gap").timer();
        assertEquals(1.5, gap.totalTime(TimeUnit.SECONDS));
        assertEquals(3.0, counted().get("lychgate.input.resent{}"));
    }

    @Test
    void timeThatWorkWaitsForASharedThreadIsAHistogramOfEach() {
        PrometheusMeterRegistry shown = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        MicrometerMeters counting = new MicrometerMeters(shown);
        counting.waited("game", TimeUnit.MILLISECONDS.toNanos(20));
        counting.waited("io", TimeUnit.MILLISECONDS.toNanos(1));
        String scraped = shown.scrape();
        for (String line :
                List.of(
                        "lychgate_thread_wait_seconds_bucket{thread=\"game\",le=\"0.01\"} 0",
                        "lychgate_thread_wait_seconds_bucket{thread=\"game\",le=\"0.1\"} 1",
                        "lychgate_thread_wait_seconds_max{thread=\"game\"} 0.02",
                        "lychgate_thread_wait_seconds_count{thread=\"io\"} 1")) {
            assertTrue(scraped.contains(line), scraped);
        }
    }

    private Map<String, Double> counted() {
        Map<String, Double> counted = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            if (meter.getId().getName().startsWith("lychgate.reload.gap")) {
                continue; // a histogram: many meters, looked at as one
            }
            String tags =
                    meter.getId().getTags().stream()
                            .map(tag -> tag.getKey() + "=" + tag.getValue())
                            .collect(Collectors.joining(",", "{", "}"));
            counted.put(
                    meter.getId().getName() + tags, meter.measure().iterator().next().getValue());
        }
        return counted;
    }
}
