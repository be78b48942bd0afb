package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.config.ConfigReader;
import lychgate.config.Configuration;
import lychgate.config.Sources;
import lychgate.load.LineLoss;
import lychgate.load.LineLoss.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Many players type numbered lines without a pause, while the game behind the link is restarted and
 * killed at random moments ({@code -Dseed=…}). Every line is executed, each player's in order;
 * after orderly restarts alone, exactly once.
 */
class NoLineLostIT {
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Map<String, Integer> ports = new HashMap<>();
    private final Portal portal;

    NoLineLostIT(@TempDir Path home) throws Exception {
        System.err.println("with -Dseed=" + seed);
        Map<String, String> settings = new HashMap<>();
        settings.put("game.link", "amp");
        settings.put("amp.port", "0");
        settings.put("telnet.port", "0");
        settings.put("admin.enabled", "false");
        settings.put("telnet.tls.enabled", "false");
        settings.put("ssh.enabled", "false");
        settings.put("web.enabled", "false");
        settings.put("portal.interface", "127.0.0.1");
        settings.put("limits.connections_per_address", "0");
        settings.put("limits.connections_per_second_per_address", "0");
        Configuration configuration =
                ConfigReader.read(new Sources(home.resolve("none"), Map.of(), settings), Map.of());
        PluginJars none = new PluginJars(List.of(), List.of());
        portal = new Portal(configuration, Home.at(home), none, "1", Map.of());
        portal.start(
                line -> {
                    String[] words = line.split(": ", -1);
                    if (words.length == 2) {
                        ports.put(words[0], Integer.valueOf(words[1]));
                    }
                });
    }

    @Test
    void restartsLoseNothingAndDoNothingTwice() throws Exception {
        Outcome outcome = play(10, 0);
        assertEquals(new Outcome(outcome.typed(), 0, 0, 0, 0), outcome, "with -Dseed=" + seed);
    }

    @Test
    void restartsAndDeathsLoseNothing() throws Exception {
        Outcome outcome = play(10, 5);
        Outcome perfect = new Outcome(outcome.typed(), 0, 0, outcome.again(), 0);
        assertEquals(perfect, outcome, "with -Dseed=" + seed);
    }

    private Outcome play(int restarts, int deaths) throws Exception {
        try {
            int telnet = ports.getOrDefault("telnet", 0);
            int amp = ports.getOrDefault("amp", 0);
            Outcome outcome = LineLoss.play(telnet, amp, restarts, deaths, seed);
            System.err.println(outcome);
            return outcome;
        } finally {
            portal.stop();
        }
    }
}
