package lychgate.portal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import lychgate.session.Meters;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Implements the counters with Micrometer, under their documented names. */
final class MicrometerMeters implements Meters {
    /** Histogram buckets of the game's absence. */
    private static final Duration[] RELOAD_GAPS = {
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2)
    };

    /** Reasons that operators set alerts on: exported as 0 before the first refusal. */
    private static final List<String> EXPECTED =
            List.of(
                    "connections",
                    "connections_per_address",
                    "connections_per_second_per_address",
                    "commands_per_second",
                    "line_length",
                    "unsent",
                    "stalled",
                    "held_input",
                    "left_commands",
                    "login_seconds",
                    "idle_seconds",
                    "tls_handshake_seconds",
                    "workers");

    /** Histogram buckets of the time that work waits for a shared thread. */
    private static final Duration[] WAITS = {
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    /** Different transports; other portals name those of their sessions. */
    static final int MAX_TRANSPORTS = 64;

    /** Stands for the further ones. */
    private static final String OTHER = "other";

    private static final String LINES = "Lines from and to clients.";
    private static final String BYTES = "Bytes from and to clients, on the wire.";
    private static final String CONNECTS = "Sessions since the start.";
    private static final String RESUMES = "Returns of clients that were away.";
    private static final String REFUSED = "Refused by a limit or a ban.";
    private static final String MALFORMED = "Input that violates its protocol.";

    private final MeterRegistry registry;
    private final Map<String, AtomicInteger> sessions = new ConcurrentHashMap<>();
    private final Map<String, Counter> opened = new ConcurrentHashMap<>();
    private final Map<String, Counter> refused = new ConcurrentHashMap<>();
    private final Map<String, Counter> malformed = new ConcurrentHashMap<>();
    private final Map<Direction, Counter> lines = new EnumMap<>(Direction.class);
    private final Map<Direction, Counter> bytes = new EnumMap<>(Direction.class);
    private final Map<String, Timer> waits = new ConcurrentHashMap<>();
    private final Map<Return, Counter> returns = new EnumMap<>(Return.class);
    private final AtomicLong resumeBytes = new AtomicLong();
    private final Counter oobDropped;
    private final Counter resent;
    private final Counter loginsFailed;
    private final Counter loginsDelayed;
    private final Timer reloadGap;
    private final Timer roundTrips;

    MicrometerMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Direction direction : Direction.values()) {
            String tag = direction.name().toLowerCase(Locale.ROOT);
            lines.put(direction, counter("lychgate.lines", LINES, "direction", tag));
            bytes.put(direction, counter("lychgate.bytes", BYTES, "direction", tag));
        }
        for (Return how : Return.values()) {
            String tag = how.name().toLowerCase(Locale.ROOT);
            returns.put(how, counter("lychgate.resumes", RESUMES, "outcome", tag));
        }
        Gauge.builder("lychgate.resume.bytes", resumeBytes, AtomicLong::get)
                .description("Bytes of output kept for clients that may come back.")
                .register(registry);
        oobDropped =
                counter(
                        "lychgate.oob.dropped",
                        "Out-of-band commands dropped because the client supports none.");
        resent = counter("lychgate.input.resent", "Commands sent again after a game crashed.");
        loginsFailed = counter("lychgate.logins.failed", "Failed logins.");
        loginsDelayed =
                counter(
                        "lychgate.logins.delayed",
                        "Login attempts delayed because many had failed.");
        reloadGap =
                Timer.builder("lychgate.reload.gap")
                        .description("How long the game was away, per absence.")
                        .serviceLevelObjectives(RELOAD_GAPS)
                        .register(registry);
        roundTrips =
                Timer.builder("lychgate.round.trip")
                        .description("Round trip time to clients.")
                        .register(registry);
        EXPECTED.forEach(this::refusals);
        malformations("charset"); // so that the metric exists before the first of any kind
    }

    /** Registers a transport, so that its metrics exist before its first session. */
    void transport(String name) {
        sessions(name);
        connects(name);
    }

    @Override
    public void opened(String transport) {
        sessions(transport).incrementAndGet();
        connects(transport).increment();
    }

    @Override
    public void closed(String transport) {
        sessions(transport).decrementAndGet();
    }

    @Override
    public void moved(String from, String to) {
        sessions(from).decrementAndGet();
        sessions(to).incrementAndGet();
    }

    @Override
    public void returned(Return how) {
        increment(returns, how, 1);
    }

    @Override
    public void resumeBytes(long more) {
        resumeBytes.addAndGet(more);
    }

    @Override
    public void refused(String reason) {
        refusals(reason).increment();
    }

    @Override
    public void malformed(String kind) {
        malformations(kind).increment();
    }

    private Counter malformations(String kind) {
        return malformed.computeIfAbsent(
                kind, value -> counter("lychgate.malformed", MALFORMED, "kind", value));
    }

    @Override
    public void loginFailed() {
        loginsFailed.increment();
    }

    @Override
    public void loginDelayed() {
        loginsDelayed.increment();
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
    public void waited(String thread, long nanos) {
        waits.computeIfAbsent(
                        thread,
                        name ->
                                Timer.builder("lychgate.thread.wait")
                                        .description("How long work waited for a shared thread.")
                                        .tag("thread", name)
                                        .serviceLevelObjectives(WAITS)
                                        .register(registry))
                .record(nanos, TimeUnit.NANOSECONDS);
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

    private static <K> void increment(Map<K, Counter> counters, K key, long count) {
        Counter counter = counters.get(key);
        if (counter != null) {
            counter.increment((double) count);
        }
    }

    private Counter connects(String transport) {
        return opened.computeIfAbsent(
                counted(transport),
                name -> counter("lychgate.connects", CONNECTS, "transport", name));
    }

    private Counter refusals(String reason) {
        return refused.computeIfAbsent(
                reason, value -> counter("lychgate.refused", REFUSED, "reason", value));
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    /** A transport once counted by its name always is. */
    private String counted(String transport) {
        return sessions.containsKey(transport) || sessions.size() < MAX_TRANSPORTS
                ? transport
                : OTHER;
    }

    private AtomicInteger sessions(String transport) {
        return sessions.computeIfAbsent(
                counted(transport),
                name -> {
                    AtomicInteger count = new AtomicInteger();
                    Gauge.builder("lychgate.sessions", count, AtomicInteger::get)
                            .description("Open sessions, including those not logged in.")
                            .tag("transport", name)
                            .register(registry);
                    return count;
                });
    }
}
