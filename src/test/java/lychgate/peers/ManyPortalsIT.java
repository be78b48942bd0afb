package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.load.FullHouse;
import lychgate.load.ManyPortals;
import lychgate.load.RollingRestart;
import lychgate.nats.NatsServer;
import lychgate.testing.TelnetPeer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Two portals with players, and the portal that serves their game, as processes around real NATS
 * servers. By hand, and with more players: {@link ManyPortals}.
 */
@RequiresPeer("nats-server")
@Tag("load")
class ManyPortalsIT {
    @Test
    void accountsAreLoggedInAgainByAGameThatDiedAndGuestsAreAskedWhoTheyAre() throws Exception {
        try (NatsServer nats = NatsServer.started();
                Distribution game = portal(nats, 9).set("nats.serve=true");
                Distribution portal = portal(nats, 1).set("game.link=nats")) {
            game.set("telnet.enabled=false").start();
            portal.start();
            try (TelnetPeer anna = TelnetPeer.connect(portal.port("telnet"));
                    TelnetPeer guest = TelnetPeer.connect(portal.port("telnet"))) {
                anna.skipsTo("'create'").types("create Anna s3cret-word").skipsTo("'Exits'");
                guest.skipsTo("'create'").types("guest").skipsTo("'Exits'");
                game.kill();
                anna.types("say Hold this.");
                anna.skipsTo("'The game is away for a moment.'");
                game.start();
                anna.skipsTo("'You say, \"Hold this.\"'");
                guest.skipsTo("'create'").types("guest").skipsTo("'Exits'");
            }
        }
    }

    @Test
    void everybodyInTheGameHearsAShout() throws Exception {
        run(FullHouse.class, "2", "2000");
    }

    private static Distribution portal(NatsServer nats, int number) throws IOException {
        return Distribution.inNewHome().withTelnetOnly().inRealm(number, List.of(nats));
    }

    @Test
    void noOtherSessionEndsWhenEachProcessIsRestartedInTurn() throws Exception {
        run(RollingRestart.class, "30", "5");
    }

    /** In a process of its own: it may make itself a network in which it drops packets. */
    @Test
    void noLineIsLostWhateverProcessDies() throws Exception {
        run(ManyPortals.class, "100", "10");
    }

    private static void run(Class<?> program, String... arguments) throws Exception {
        Path output = Files.createTempFile("many-portals", ".txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin/java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
        command.addAll(List.of(program.getName(), "target/dist"));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
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
