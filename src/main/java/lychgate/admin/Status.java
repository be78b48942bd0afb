package lychgate.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
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
 */
public record Status(
        String version,
        Instant started,
        Duration uptime,
        int sessions,
        LinkStatus link,
        Map<String, Integer> services,
        @Nullable Draining draining) {

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
                link.away().toSeconds(),
                link.heldCommands(),
                link.heldBytes(),
                link.refusedInput(),
                draining == null ? null : draining.script(),
                services);
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
                + (draining == null ? "" : draining.text() + "\n")
                + services.entrySet().stream()
                        .map(service -> service.getKey() + ": " + service.getValue() + "\n")
                        .collect(Collectors.joining());
    }
}
