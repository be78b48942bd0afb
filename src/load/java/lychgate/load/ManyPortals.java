package lychgate.load;

import lychgate.nats.NatsServer;
import lychgate.peers.Distribution;
import lychgate.peers.Wait;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that no line is lost between two portals with players and the portal that serves the game,
 * while each process in turn is killed or frozen, and NATS is out of reach. Prints a row for each
 * fault; the exit status is 1 if a line was lost, done out of order, or done again though it had
 * been answered.
 *
 * <pre>{@code
 * java -cp "target/test-classes:target/dist/lib/*" lychgate.load.ManyPortals target/dist 1000 10
 * }</pre>
 *
 * The arguments: the distribution, the number of players, the lines that each types in a second.
 */
public final class ManyPortals {
    private static final long FAULT_MILLIS = 5_000;
    private static final long DOWN_MILLIS = 2_000;

    /** How long the sessions of a portal that is not heard stay at the game, less a heartbeat. */
    private static final Duration GRACE = Duration.ofSeconds(14 - 1);

    /** How long they may. */
    private static final Duration DEAD = Duration.ofSeconds(20);

    /** How many players are let go. */
    private static final int LET_GO = 10;

    private final RunningRealm realm;
    private final Play play;

    private ManyPortals(RunningRealm realm, Play play) {
        this.realm = realm;
        this.play = play;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        if (!Namespace.isHere() && Namespace.isPossible()) {
            System.exit(Namespace.run(ManyPortals.class, arguments));
        }
        Path binary = Path.of(arguments[0], "bin/lychgate").toAbsolutePath();
        int players = Integer.parseInt(arguments[1]);
        int pace = Integer.parseInt(arguments[2]);
        Set<String> faults = new LinkedHashSet<>();
        try (RunningRealm realm = new RunningRealm(binary, 2)) {
            Play play = new Play(realm.record(), Play.Told.NOTHING, pace);
            new ManyPortals(realm, play).play(players);
            faults.addAll(play.report(false));
        }
        try (RunningRealm realm = RunningRealm.apart(binary, 2)) {
            Play play = new Play(realm.record(), Play.Told.NOTHING, pace);
            new ManyPortals(realm, play).playApart(players);
            faults.addAll(play.report(false));
        }
        faults.forEach(System.out::println);
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    private void play(int players) throws IOException, InterruptedException {
        Distribution portal = realm.portals().getFirst();
        Distribution game = realm.game();
        NatsServer one = realm.servers().getFirst();
        NatsServer other = realm.servers().getLast();
        play.join(portal, players / 2);
        play.join(realm.portals().getLast(), players / 2);
        play.event("nothing", () -> Thread.sleep(DOWN_MILLIS));
        for (NatsServer server : List.of(one, other)) {
            play.event(
                    "kill -9 of a nats-server",
                    () -> {
                        server.kill();
                        Thread.sleep(DOWN_MILLIS);
                        server.start();
                    });
        }
        play.event(
                "kill -9 of the game",
                () -> {
                    game.kill();
                    game.start();
                });
        play.event("SIGSTOP of the nats-server in use", () -> lasting(one::freeze, one::thaw));
        play.event("SIGSTOP of the game", () -> lasting(game::freeze, game::thaw));
        play.event("SIGSTOP of a portal", () -> lasting(portal::freeze, portal::thaw));
        if (Namespace.isHere()) {
            play.event("packets of NATS dropped", () -> lasting(this::cut, Namespace::heal));
        } else {
            System.out.println("no network namespace here: both nats-servers are frozen instead");
            play.event("SIGSTOP of both nats-servers", () -> lasting(this::freeze, this::thaw));
        }
        play.require(play.players() == players, "players were disconnected");
        play.event(
                "kill -9 of a portal",
                () -> {
                    portal.kill();
                    portal.start();
                });
        play.require(play.players() == players / 2, "players of another portal were disconnected");
        awaitSessions(players / 2);
        try (LetGo others = new LetGo(portal, LET_GO)) {
            play.event("SIGSTOP of a portal until it is given up", () -> giveUp(portal));
            play.require(
                    play.players() == players / 2, "players of another portal were disconnected");
            others.faults().forEach(fault -> play.require(false, fault));
        }
    }

    /** The game's server is another than that of the portals. */
    private void playApart(int players) throws IOException, InterruptedException {
        NatsServer ofGame = realm.servers().getLast();
        play.join(realm.portals().getFirst(), players / 2);
        play.join(realm.portals().getLast(), players / 2);
        if (Namespace.isHere()) {
            play.event(
                    "packets of the game alone dropped",
                    () -> lasting(() -> Namespace.drop(List.of(ofGame.port())), Namespace::heal));
        } else {
            play.event(
                    "SIGSTOP of the game's nats-server",
                    () -> lasting(ofGame::freeze, ofGame::thaw));
        }
        play.require(play.players() == players, "players were disconnected");
    }

    /** Frozen until its sessions have ended at the game, and nobody else's. */
    private void giveUp(Distribution portal) throws IOException, InterruptedException {
        long before = sessions();
        long begun = System.nanoTime();
        portal.freeze();
        awaitSessions(before - LET_GO);
        Duration after = Duration.ofNanos(System.nanoTime() - begun);
        play.require(after.compareTo(GRACE) >= 0, "a portal was given up after " + after);
        portal.thaw();
    }

    private void awaitSessions(long left) {
        Wait.until("the sessions of a portal to end at the game", DEAD, () -> sessions() == left);
    }

    private static void lasting(Play.Event begin, Play.Event end)
            throws IOException, InterruptedException {
        begin.happens();
        Thread.sleep(FAULT_MILLIS);
        end.happens();
    }

    private void cut() throws IOException, InterruptedException {
        Namespace.drop(realm.servers().stream().map(NatsServer::port).toList());
    }

    private void freeze() {
        realm.servers().forEach(NatsServer::freeze);
    }

    private void thaw() {
        realm.servers().forEach(NatsServer::thaw);
    }

    /** How many sessions the game has. */
    private long sessions() throws IOException, InterruptedException {
        return realm.game()
                .command("sessions")
                .lines()
                .filter(line -> line.matches("\\s*\\d+ .*"))
                .count();
    }
}
