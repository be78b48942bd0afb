package lychgate.portal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import lychgate.session.Meters;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts through Micrometer, under the names that operators know. */
final class MicrometerMeters implements Meters {
    /** The buckets of the time that a game is away. */
    private static final Duration[] RELOAD_GAPS = {
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2)
    };

    private final MeterRegistry registry;
    private final Map<String, AtomicInteger> sessions = new ConcurrentHashMap<>();
    private final Map<String, Counter> opened = new ConcurrentHashMap<>();
    private final Map<String, Counter> refused = new ConcurrentHashMap<>();
    private final Map<String, Counter> malformed = new ConcurrentHashMap<>();
    private final Map<Direction, Counter> lines = new EnumMap<>(Direction.class);
    private final Map<Direction, Counter> bytes = new EnumMap<>(Direction.class);
    private final Counter oobDropped;
    private final Counter resent;
    private final Timer reloadGap;
    private final Timer roundTrips;

    MicrometerMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Direction direction : Direction.values()) {
            String tag = direction.name().toLowerCase(Locale.ROOT);
            lines.put(direction, registry.counter("lychgate.lines", "direction", tag));
            bytes.put(direction, registry.counter("lychgate.bytes", "direction", tag));
        }
        oobDropped = registry.counter("lychgate.oob.dropped");
        resent = registry.counter("lychgate.input.resent");
        reloadGap =
                Timer.builder("lychgate.reload.gap")
                        .serviceLevelObjectives(RELOAD_GAPS)
                        .register(registry);
        roundTrips = registry.timer("lychgate.round.trip");
    }

    @Override
    public void opened(String transport) {
        counter(opened, "lychgate.connects", "transport", transport).increment();
        sessions(transport).incrementAndGet();
    }

    @Override
    public void closed(String transport) {
        sessions(transport).decrementAndGet();
    }

    @Override
    public void refused(String reason) {
        counter(refused, "lychgate.refused", "reason", reason).increment();
    }

    @Override
    public void malformed(String kind) {
        counter(malformed, "lychgate.malformed", "kind", kind).increment();
    }

    @Override
    public void line(Direction direction) {
        increment(lines, direction, 1);
    }

    @Override
    public void bytes(Direction direction, long count) {
        increment(bytes, direction, count);
    }

    @Override
    public void oobDropped() {
        oobDropped.increment();
    }

    @Override
    public void gameBack(long nanos) {
        reloadGap.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void inputResent(int commands) {
        resent.increment(commands);
    }

    @Override
    public void roundTrip(Duration time) {
        roundTrips.record(time);
    }

    private static void increment(
            Map<Direction, Counter> counters, Direction direction, long count) {
        Counter counter = counters.get(direction);
        if (counter != null) {
            counter.increment((double) count);
        }
    }

    private Counter counter(Map<String, Counter> known, String name, String tag, String value) {
        return known.computeIfAbsent(value, v -> registry.counter(name, tag, v));
    }

    private AtomicInteger sessions(String transport) {
        return sessions.computeIfAbsent(
                transport,
                name -> {
                    AtomicInteger count = new AtomicInteger();
                    Gauge.builder("lychgate.sessions", count, AtomicInteger::get)
                            .tag("transport", name)
                            .register(registry);
                    return count;
                });
    }
}
