package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.nats.NatsServer;
import lychgate.testing.TelnetPeer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A number and a shard belong to one process, also when another claims them. */
class PortalNumbersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How long who has a number may not answer before another takes it. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    private final NatsServer nats = NatsServer.notStarted();
    private final List<Distribution> portals = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Distribution portal : portals) {
            portal.close();
        }
        nats.close();
    }

    @Test
    void secondPortalOfANumberIsRefusedAtTheStart() throws Exception {
        nats.start();
        Distribution first = edge(7).start();
        Distribution second = edge(7).launch();
        assertEquals(1, second.exit());
        assertEquals(List.of(numberTaken(7, first)), second.err());
        assertEquals(List.of(), second.out());
        Distribution other = edge(8).start();
        assertTrue(first.isAlive() && other.isAlive());
    }

    @Test
    void secondPortalOfALiveNumberIsRefusedAsSoonAsItHasStarted() throws Exception {
        nats.start();
        long begun = System.nanoTime();
        Distribution first = edge(7).start();
        long start = System.nanoTime() - begun;
        edge(8).start(); // the machine is as busy as for the next one
        InTime.once(SILENCE.plusNanos(start), () -> refusal(first));
    }

    /** How long another of its number runs, which is refused. */
    private Duration refusal(Distribution first) throws Exception {
        long begun = System.nanoTime();
        Distribution second = edge(7).launch();
        assertEquals(1, second.exit());
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        assertEquals(List.of(numberTaken(7, first)), second.err());
        return taken;
    }

    @Test
    void numberIsFreeWhenItsPortalHasStopped() throws Exception {
        nats.start();
        Distribution killed = edge(7).start();
        killed.kill();
        Distribution stopped = edge(7).start();
        assertEquals(0, stopped.terminate());
        edge(7).start();
    }

    @Test
    void secondServerOfAShardIsRefusedAtTheStart() throws Exception {
        nats.start();
        Distribution first = game(9).start();
        Distribution second = game(10).launch();
        assertEquals(1, second.exit());
        assertEquals(List.of(shardTaken(first)), second.err());
        assertTrue(first.isAlive());
        assertTrue(game(11).set("nats.shard=\"east\"").start().isAlive());
    }

    @Test
    void ofTwoThatWereStartedWithoutAServerTheLaterEnds() throws Exception {
        Distribution edge = edge(7).start();
        Distribution secondEdge = edge(7).start();
        Distribution game = game(9).start();
        Distribution secondGame = game(10).start();
        nats.start();
        endsBecause(secondEdge, numberTaken(7, edge));
        endsBecause(secondGame, shardTaken(game));
        linkIsUp(edge);
        assertTrue(edge.isAlive() && game.isAlive());
    }

    @Test
    void frozenPortalIsReplacedAndEndsWhenItIsBack() throws Exception {
        nats.start();
        Distribution frozen = edge(7).start();
        frozen.freeze();
        long begun = System.nanoTime();
        Distribution successor = edge(7).start();
        assertTrue(System.nanoTime() - begun >= Duration.ofSeconds(4).toNanos());
        frozen.thaw();
        endsBecause(frozen, numberTaken(7, successor));
        assertTrue(successor.isAlive());
    }

    @Test
    void frozenGameIsReplacedAndEndsWhenItIsBack() throws Exception {
        nats.start();
        Distribution edge = edge(7).start();
        Distribution frozen = game(9).start();
        linkIsUp(edge);
        frozen.freeze();
        Distribution successor = game(10).start();
        Wait.until(
                "the successor",
                PATIENCE,
                () -> count(edge, "the game of shard main is there") > 1);
        frozen.thaw();
        endsBecause(frozen, shardTaken(successor));
        linkIsUp(edge);
        assertTrue(successor.isAlive());
    }

    /** What lies in its socket when it goes on was done by its successor. */
    @Test
    void frozenGameDoesNothingThatItsSuccessorHasDone() throws Exception {
        nats.start();
        Distribution edge = edge(7).start();
        Distribution frozen = game(9).start();
        linkIsUp(edge);
        List<TelnetPeer> players = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            players.add(TelnetPeer.connect(edge.port("telnet")).skipsTo("'create'"));
        }
        frozen.freeze();
        players.forEach(player -> player.types("guest"));
        Distribution successor = game(10).start();
        for (TelnetPeer player : players) {
            Wait.until("the successor", PATIENCE, () -> player.readsLine().contains("Welcome, "));
        }
        frozen.thaw();
        endsBecause(frozen, shardTaken(successor));
        assertEquals(List.of(), logins(frozen));
        Wait.until("all of them", PATIENCE, () -> logins(successor).size() == players.size());
        for (TelnetPeer player : players) {
            player.close();
        }
    }

    private static List<String> logins(Distribution portal) {
        return portal.err().stream().filter(said -> said.contains(" logged in as ")).toList();
    }

    /** The servers of NATS do not find each other, while portals find one or the other. */
    @Test
    void whoWasStartedAcrossAPartitionKeepsNumberAndShardAndTheFirstEndsOnceItHeals()
            throws Exception {
        int route = NatsServer.freePort();
        int listening = NatsServer.freePort();
        List<NatsServer> halves = NatsServer.partitioned(route, listening);
        try (NatsServer one = halves.getFirst();
                NatsServer other = halves.getLast()) {
            Distribution edge = portal(7, one).set("game.link=nats").start();
            Distribution game = portal(9, one).set("nats.serve=true").start();
            linkIsUp(edge);
            Distribution successor = portal(7, other).set("game.link=nats").start();
            Distribution newGame = portal(10, other).set("nats.serve=true").start();
            linkIsUp(successor);
            assertTrue(edge.isAlive() && game.isAlive());
            Thread.sleep(SILENCE); // until both halves are sure of what they have
            try (CutProxy healed = new CutProxy(route, listening)) {
                endsBecause(edge, numberTaken(7, successor));
                endsBecause(game, shardTaken(newGame));
                linkIsUp(successor);
                assertTrue(successor.isAlive() && newGame.isAlive());
            }
        }
    }

    private Distribution edge(int number) throws IOException {
        return portal(number).set("game.link=\"nats\"");
    }

    private Distribution game(int number) throws IOException {
        return portal(number).set("nats.serve=true");
    }

    private Distribution portal(int number) throws IOException {
        return portal(number, nats);
    }

    private Distribution portal(int number, NatsServer server) throws IOException {
        Distribution portal =
                Distribution.inNewHome().withTelnetOnly().inRealm(number, List.of(server));
        portals.add(portal);
        return portal;
    }

    private static void linkIsUp(Distribution edge) {
        Wait.until(
                "the game",
                PATIENCE,
                () -> edge.command("status", "--json").contains("\"link\":\"up\""));
    }

    private static void endsBecause(Distribution portal, String line) throws Exception {
        assertEquals(1, portal.exit());
        assertEquals(1, count(portal, line));
    }

    private static long count(Distribution portal, String line) {
        return portal.err().stream().filter(said -> said.endsWith(line)).count();
    }

    private static String numberTaken(int number, Distribution by) throws IOException {
        return "Portal number "
                + number
                + " is taken by "
                + shown(by)
                + ": set another nats.portal, or stop that one.";
    }

    private static String shardTaken(Distribution by) throws IOException {
        return "Shard main is served by "
                + shown(by)
                + ": set another nats.shard, or stop that one.";
    }

    private static String shown(Distribution portal) throws IOException {
        return "process " + portal.pid() + " on host " + InetAddress.getLocalHost().getHostName();
    }
}
