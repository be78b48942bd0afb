package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.load.ManyPortals;

import org.junit.jupiter.api.Test;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Two portals with players, and the portal that serves their game, as processes around real NATS
 * servers. By hand, and with more players: {@link ManyPortals}.
 */
@RequiresPeer("nats-server")
class ManyPortalsIT {
    private static final String PLAYERS = "100";
    private static final String LINES_PER_SECOND = "10";

    /** In a process of its own: it may make itself a network in which it drops packets. */
    @Test
    void noLineIsLostWhateverProcessDies() throws Exception {
        Path output = Files.createTempFile("many-portals", ".txt");
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home", ""), "bin/java")
                                                .toString(),
                                        "-cp",
                                        System.getProperty("java.class.path", ""),
                                        ManyPortals.class.getName(),
                                        "target/dist",
                                        PLAYERS,
                                        LINES_PER_SECOND))
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.to(output.toFile()))
                        .start();
        int exit = process.waitFor();
        String said = Files.readString(output);
        System.err.println(said);
        assertEquals(0, exit, said);
        Files.delete(output);
    }
}
