package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.admin.AdminClient;
import lychgate.admin.AdminClient.Form;
import lychgate.admin.Answer;
import lychgate.nats.NatsServer;
import lychgate.testing.Await;
import lychgate.testing.TelnetPeer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Operators' commands with {@code --all} to three portals, as processes around a NATS server. */
@RequiresPeer("nats-server")
@Tag("load")
class AllPortalsIT {
    /** Who has begun to answer gets so long; who has not, as the one that is frozen, does not. */
    private static final Duration WORK = Duration.ofSeconds(10);

    @Test
    void commandReachesAllPortalsAndNamesTheOneThatIsFrozen() throws Exception {
        try (NatsServer nats = NatsServer.started();
                Distribution game = portal(nats, 9).set("nats.serve=true");
                Distribution door = portal(nats, 1).set("game.link=nats");
                Distribution other = portal(nats, 2).set("game.link=nats")) {
            game.set("telnet.enabled=false").start();
            door.start();
            other.start();
            try (TelnetPeer anna = TelnetPeer.connect(door.port("telnet"));
                    TelnetPeer bert = TelnetPeer.connect(other.port("telnet"))) {
                anna.skipsTo("'create'").types("guest").skipsTo("'Exits'");
                bert.skipsTo("'create'").types("guest").skipsTo("'Exits'");
                Await.equal(List.of(1L, 2L), () -> column("portal", ask(game, "sessions")));
                assertEquals(List.of(1L, 2L, 9L), column("portal", ask(door, "status")));
                List<Long> ids = column("id", ask(other, "sessions"));

                assertEquals("", ask(game, "say", "Once to all.").missing());
                bert.skipsTo("'Once to all.'");
                anna.skipsTo("'Once to all.'");

                door.freeze();
                try {
                    long begun = System.nanoTime();
                    Answer answer = ask(other, "sessions");
                    Duration taken = Duration.ofNanos(System.nanoTime() - begun);
                    assertEquals("Portal 1 did not answer within 2 s.", answer.missing());
                    assertTrue(taken.compareTo(WORK) < 0, taken::toString);
                    assertEquals(List.of(1L, 2L), column("portal", answer));
                    assertEquals(ids, column("id", answer));
                } finally {
                    door.thaw();
                }
                Await.equal("", () -> ask(game, "sessions").missing());

                assertEquals(
                        "", ask(other, "kick", ids.getFirst().toString(), "Be kind.").missing());
                anna.skipsTo("'Be kind.' CR LF").expectsEnd();
                String audited = Files.readString(door.home().resolve("var/log/audit.log"));
                assertTrue(
                        audited.contains(
                                " at portal 2: kick " + ids.getFirst() + " Be kind.: done"),
                        audited);
                Await.equal(List.of(2L), () -> column("portal", ask(game, "sessions")));
            }
        }
    }

    private static Answer ask(Distribution portal, String command, String... arguments) {
        try {
            return AdminClient.askAll(
                    portal.home().resolve("var"), command, List.of(arguments), Form.BOTH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Long> column(String name, Answer answer) {
        List<Long> column = new ArrayList<>();
        if (answer.json() instanceof List<?> rows) {
            for (Object row : rows) {
                if (row instanceof Map<?, ?> fields && fields.get(name) instanceof Long number) {
                    column.add(number);
                }
            }
        }
        return column;
    }

    private static Distribution portal(NatsServer nats, int number) throws IOException {
        return Distribution.inNewHome().withTelnetOnly().inRealm(number, List.of(nats));
    }
}
