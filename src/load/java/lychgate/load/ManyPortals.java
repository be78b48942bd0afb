package lychgate.load;

import lychgate.nats.NatsServer;
import lychgate.peers.Distribution;
import lychgate.peers.Wait;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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

    /** How long the sessions of a portal that has died may stay at the game. */
    private static final Duration DEAD = Duration.ofSeconds(20);

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
        Set<String> faults;
        try (RunningRealm realm = new RunningRealm(binary, 2)) {
            Play play = new Play(realm, Integer.parseInt(arguments[2]));
            new ManyPortals(realm, play).play(Integer.parseInt(arguments[1]));
            faults = play.report(false);
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
        Wait.until(
                "the sessions of the portal that died to end at the game",
                DEAD,
                () -> sessions() == players / 2);
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
