package lychgate.load;

import lychgate.peers.Distribution;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Checks that no line is lost between players and an unmodified Evennia Server, while the Server is
 * restarted and killed, and the portal in front of it, too. The Server is behind a portal that
 * serves it over NATS to two others, or behind Evennia's own Portal. Prints a row for each event;
 * the exit status is 1 if a line was lost, done out of order, or done again though it had been
 * answered.
 *
 * <pre>{@code
 * java -cp "target/test-classes:target/dist/lib/*" lychgate.load.EvenniaLineLoss target/dist 100 2 3
 * java -cp "target/test-classes:target/dist/lib/*" lychgate.load.EvenniaLineLoss own 100 2 3
 * }</pre>
 *
 * The arguments: the distribution, the number of players, the lines that each types in a second,
 * and how often each thing happens.
 */
public final class EvenniaLineLoss {
    /** In place of a distribution: Evennia's own Portal. */
    private static final String OWN = "own";

    /** What Evennia's own Portal has not brought to an answer after that is lost. */
    private static final Duration LOST = Duration.ofSeconds(15);

    private static final long QUIET_MILLIS = 3_000;

    private final RecordingEvennia evennia;
    private final Play play;
    private final int times;

    private EvenniaLineLoss(RecordingEvennia evennia, Play play, int times) {
        this.evennia = evennia;
        this.play = play;
        this.times = times;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        int players = Integer.parseInt(arguments[1]);
        int pace = Integer.parseInt(arguments[2]);
        int times = Integer.parseInt(arguments[3]);
        int port = freePort();
        Set<String> faults;
        try (RecordingEvennia evennia = RecordingEvennia.create(players, port)) {
            boolean own = arguments[0].equals(OWN);
            Play.Told told = evennia.told(own ? LOST : Play.RECOVERY);
            Play play = new Play(evennia.record(), told, pace);
            EvenniaLineLoss test = new EvenniaLineLoss(evennia, play, times);
            faults =
                    own
                            ? test.behindItsOwn(port, players)
                            : test.overNats(Path.of(arguments[0]), players);
        }
        faults.forEach(System.out::println);
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private Set<String> overNats(Path distribution, int players)
            throws IOException, InterruptedException {
        Path binary = distribution.resolve("bin/lychgate").toAbsolutePath();
        try (RunningRealm realm =
                new RunningRealm(binary, RunningRealm.twoServers(), 2, evennia::by)) {
            evennia.startNew();
            for (Distribution portal : realm.portals()) {
                play.join(portal, players / 2);
            }
            restarts();
            for (int i = 0; i < times; i++) {
                play.event(
                        "kill -9 of the Server",
                        () -> evennia.awaitServerOtherThan(evennia.killServer()));
            }
            Distribution serving = realm.game();
            for (int i = 0; i < times; i++) {
                play.event(
                        "kill -9 of the portal that serves it",
                        () -> {
                            serving.kill();
                            serving.start();
                        });
            }
            for (int i = 0; i < times; i++) {
                long told = play.toldAway();
                play.event(
                        "kill -9 of both",
                        () -> {
                            serving.kill();
                            evennia.killServer();
                            serving.start();
                            evennia.start();
                        });
                play.require(play.toldAway() == told + players, "not all were told of the absence");
            }
            play.require(play.players() == players, "players were disconnected");
            return play.report(false);
        }
    }

    private Set<String> behindItsOwn(int port, int players)
            throws IOException, InterruptedException {
        evennia.startNew();
        play.join(port, players);
        restarts();
        for (int i = 0; i < times; i++) {
            play.event(
                    "kill -9 of the Server",
                    () -> {
                        evennia.killServer();
                        evennia.start();
                    });
        }
        play.require(play.players() == players, "players were disconnected");
        return play.report(false);
    }

    private void restarts() throws IOException, InterruptedException {
        play.event("nothing", () -> Thread.sleep(QUIET_MILLIS));
        for (int i = 0; i < times; i++) {
            play.event("evennia reload", evennia::reload);
        }
    }
}
