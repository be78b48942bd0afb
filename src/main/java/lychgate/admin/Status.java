package lychgate.admin;

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
 */
public record Status(
        String version,
        Instant started,
        Duration uptime,
        int sessions,
        LinkStatus link,
        Map<String, Integer> services) {

    public Status {
        services = new LinkedHashMap<>(services);
    }

    /** For scripts. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", version);
        json.put("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("uptime_seconds", uptime.toSeconds());
        json.put("sessions", (long) sessions);
        link.json(json);
        Map<String, Object> ports = new LinkedHashMap<>();
        services.forEach((name, port) -> ports.put(name, (long) port));
        json.put("services", ports);
        return json;
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
                + services.entrySet().stream()
                        .map(service -> service.getKey() + ": " + service.getValue() + "\n")
                        .collect(Collectors.joining());
    }
}
