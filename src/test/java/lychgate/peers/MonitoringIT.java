package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prometheus' own checker has nothing to say about our metrics and rules. */
@RequiresPeer("promtool")
class MonitoringIT {
    @Test
    void metricsOfARunningPortalKeepTheConventions() throws Exception {
        try (Distribution portal = Distribution.inNewHome();
                HttpClient client = HttpClient.newHttpClient()) {
            portal.start();
            URI metrics = URI.create("http://127.0.0.1:" + portal.port("admin") + "/metrics");
            Path file = Files.createTempFile("lychgate", ".metrics");
            try {
                client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofFile(file));
                assertEquals("0: ", promtool(file, "check", "metrics"));
            } finally {
                Files.delete(file);
            }
        }
    }

    @Test
    void rulesAreValid() throws Exception {
        Path none = Path.of("/dev/null");
        assertEquals("0: ", promtool(none, "check", "rules", "etc/prometheus/lychgate.rules.yml"));
    }

    /** Its exit status, and what it complains about. */
    private static String promtool(Path input, String... arguments)
            throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = Programs.path("promtool");
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Path said = Files.createTempFile("promtool", ".err");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectInput(input.toFile())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(said.toFile())
                            .start();
            return process.waitFor() + ": " + Files.readString(said);
        } finally {
            Files.delete(said);
        }
    }
}
