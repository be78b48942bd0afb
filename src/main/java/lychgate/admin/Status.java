package lychgate.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

import lychgate.oob.MalformedException;
import lychgate.text.OneLine;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A portal's status.
 *
 * @param version of Lychgate
 * @param started when the portal started
 * @param uptime since then
 * @param sessions their number, those at the login screen included
 * @param link to the game
 * @param services the services that listen, with their ports
 * @param draining null if it is not
 * @param nats null if it is not used
 */
public record Status(
        String version,
        Instant started,
        Duration uptime,
        int sessions,
        LinkStatus link,
        Map<String, Integer> services,
        @Nullable Draining draining,
        @Nullable NatsStatus nats) {

    public Status {
        services = new LinkedHashMap<>(services);
    }

    /** The same for scripts. */
    record Script(
            String version,
            String started,
            long uptimeSeconds,
            int sessions,
            String link,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nats,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String natsServers,
            long awaySeconds,
            long heldCommands,
            long heldBytes,
            long refusedInput,
            @JsonInclude(JsonInclude.Include.NON_NULL) Draining.@Nullable Script draining,
            Map<String, Integer> services) {}

    /** For scripts. */
    Script script() {
        return new Script(
                version,
                started.truncatedTo(ChronoUnit.SECONDS).toString(),
                uptime.toSeconds(),
                sessions,
                link.up() ? "up" : "away",
                nats == null ? null : nats.connected() ? "up" : "away",
                nats == null ? null : nats.servers(),
                link.away().toSeconds(),
                link.heldCommands(),
                link.heldBytes(),
                link.refusedInput(),
                draining == null ? null : draining.script(),
                services);
    }

    /** For people: a row of each portal of the realm, with headings. */
    public static String textOfAll(List<OfPortal<Status>> rows) {
        StringBuilder text =
                new StringBuilder(
                        OfPortal.heading() + line("version", "up", "sessions", "link", "services"));
        for (OfPortal<Status> row : rows) {
            text.append(row.start()).append(row.what().line());
        }
        return text.toString();
    }

    /** The same for scripts. */
    public static List<OfPortal<?>> scriptOfAll(List<OfPortal<Status>> rows) {
        return rows.stream().<OfPortal<?>>map(row -> row.with(row.what().script())).toList();
    }

    /** Reads what {@link #script} has become as JSON, at another portal. */
    public static Status read(Fields row) throws MalformedException {
        Fields draining = row.optionalObject("draining");
        return new Status(
                row.text("version"),
                row.time("started"),
                Duration.ofSeconds(row.number("uptime_seconds")),
                Math.toIntExact(Math.min(row.number("sessions"), Integer.MAX_VALUE)),
                LinkStatus.read(row),
                services(row.optionalObject("services")),
                draining == null ? null : Draining.read(draining),
                NatsStatus.read(row));
    }

    private static Map<String, Integer> services(@Nullable Fields services)
            throws MalformedException {
        Map<String, Integer> ports = new LinkedHashMap<>();
        if (services != null) {
            for (String name : services.names()) {
                int port = Math.toIntExact(Math.min(services.number(name), Integer.MAX_VALUE));
                ports.put(OneLine.of(name), port);
            }
        }
        return ports;
    }

    private String line() {
        return line(
                version,
                Durations.text(uptime).replace(" ", ""),
                sessions,
                (link.up() ? "up" : "away " + Durations.text(link.away()).replace(" ", ""))
                        + (draining == null ? "" : ", draining"),
                services.entrySet().stream()
                        .map(service -> service.getKey() + ":" + service.getValue())
                        .collect(Collectors.joining(" ")));
    }

    private static String line(Object... columns) {
        return String.format(Locale.ROOT, "%-16s %-8s %8s  %-20s %s", columns).stripTrailing()
                + "\n";
    }

    /** For people. */
    String text() {
        return "Lychgate "
                + version
                + ", up "
                + Durations.text(uptime)
                + ", "
                + sessions
                + (sessions == 1 ? " session" : " sessions")
                + ", link "
                + link.text()
                + "\n"
                + (nats == null ? "" : nats.text() + "\n")
                + (draining == null ? "" : draining.text() + "\n")
                + services.entrySet().stream()
                        .map(service -> service.getKey() + ": " + service.getValue() + "\n")
                        .collect(Collectors.joining());
    }
}
