package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.nats.NatsServer;
import lychgate.testing.TelnetPeer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A crawler is told the same number of players at every door of a game: those of all its doors. */
@RequiresPeer("nats-server")
class RealmPlayersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void playersAreThoseOfTheWholeShardAtEachOfItsPortals() throws Exception {
        try (NatsServer nats = NatsServer.started();
                Distribution game = portal(nats, 9).set("nats.serve=true").start();
                Distribution first = portal(nats, 1).set("game.link=nats").start();
                Distribution second = portal(nats, 2).set("game.link=nats").start();
                Distribution east = shard(portal(nats, 10).set("nats.serve=true"), "east").start();
                Distribution third = shard(portal(nats, 3).set("game.link=nats"), "east").start()) {
            List<Distribution> main = List.of(game, first, second);
            playersAre(0, main);
            try (TelnetPeer anna = guest(first);
                    TelnetPeer bert = guest(first);
                    TelnetPeer carol = guest(second);
                    TelnetPeer dora = guest(game);
                    TelnetPeer _ = guest(third);
                    TelnetPeer undecided = TelnetPeer.connect(second.port("telnet"))) {
                undecided.skipsTo("'create'");
                playersAre(4, main);
                playersAre(1, List.of(east, third));
                assertEquals(4, byOption(first));
                bert.types("quit").rest();
                playersAre(3, main);
                dora.types("quit").rest();
                playersAre(2, main);
                game.kill();
                playersAre(1, List.of(first, second)); // each its own, as long as nobody counts all
                game.start();
                anna.skipsTo("'create'").types("guest").skipsTo("'Exits'");
                playersAre(1, main); // guests come to the login screen
                carol.skipsTo("'create'").types("guest").skipsTo("'Exits'");
                playersAre(2, main);
                first.kill();
                playersAre(1, List.of(game, second)); // once its players are given up
            }
        }
    }

    private static Distribution portal(NatsServer nats, int number) throws IOException {
        return Distribution.inNewHome()
                .withTelnetOnly()
                .set("limits.connections_per_second_per_address=0")
                .set("limits.connections_per_address=0")
                .inRealm(number, List.of(nats));
    }

    private static Distribution shard(Distribution portal, String name) {
        return portal.set("nats.shard=\"" + name + "\"");
    }

    private static TelnetPeer guest(Distribution portal) {
        return TelnetPeer.connect(portal.port("telnet"))
                .skipsTo("'create'")
                .types("guest")
                .skipsTo("'Exits'");
    }

    private static void playersAre(int expected, List<Distribution> portals) {
        for (Distribution portal : portals) {
            Wait.until(
                    expected + " players at " + portal.home(),
                    PATIENCE,
                    () -> crawled(portal) == expected);
        }
        for (Distribution portal : portals) {
            assertEquals(expected, crawled(portal));
        }
    }

    /** The number that the plaintext form of MSSP tells. */
    private static int crawled(Distribution portal) {
        try (TelnetPeer crawler = TelnetPeer.connect(portal.port("telnet"))) {
            crawler.types("MSSP-REQUEST").skipsTo("CR LF 'PLAYERS' 09");
            return Integer.parseInt(crawler.readsLine());
        }
    }

    /** The number that the telnet option tells. */
    private static int byOption(Distribution portal) {
        try (TelnetPeer crawler = TelnetPeer.connect(portal.port("telnet"))) {
            crawler.sends("IAC DO MSSP").skipsTo("IAC SB MSSP").skipsTo("01 'PLAYERS' 02");
            return crawler.readsSome()[0] - '0';
        }
    }
}
