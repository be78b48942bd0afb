package lychgate.load;

import lychgate.peers.Distribution;

import java.nio.file.Path;
import java.util.Set;

/**
 * Restarts three portals one after the other, each drained first and left by its own players, and
 * then the portal that serves the game, while all others type. Prints how many players there were
 * before and after each step, and what became of the lines; the exit status is 1 if another's
 * session ended, or a line was lost, done out of order or done twice.
 *
 * <p>{@code src/packaging/test-rolling-restart} runs it. The arguments: the distribution, the
 * number of players at each portal, the lines that each types in a second.
 */
public final class RollingRestart {
    private static final int PORTALS = 3;

    private RollingRestart() {}

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Path binary = Path.of(arguments[0], "bin/lychgate").toAbsolutePath();
        int players = Integer.parseInt(arguments[1]);
        Set<String> faults;
        try (RunningRealm realm = new RunningRealm(binary, PORTALS)) {
            Play play = new Play(realm.record(), Play.Told.NOTHING, Integer.parseInt(arguments[2]));
            for (Distribution portal : realm.portals()) {
                play.join(portal, players);
            }
            for (int i = 1; i <= PORTALS; i++) {
                Distribution portal = realm.portals().get(i - 1);
                play.event(
                        "portal " + i + " drains and is started again",
                        () -> {
                            portal.command("drain");
                            play.leave(portal);
                            play.require(portal.exit() == 0, "the portal has failed");
                            play.require(
                                    play.players() == (PORTALS - 1L) * players,
                                    "players of other portals were disconnected");
                            portal.start();
                            play.join(portal, players);
                        });
            }
            Distribution game = realm.game();
            play.event(
                    "the game is stopped and started again",
                    () -> {
                        play.require(game.terminate() == 0, "the game has failed");
                        game.start();
                    });
            play.require(
                    play.players() == (long) PORTALS * players,
                    "the game's restart ended sessions");
            faults = play.report(true);
            System.out.println(
                    "sessions of others that ended: "
                            + ((long) PORTALS * players - play.players())
                            + " of "
                            + (long) PORTALS * players);
        }
        faults.forEach(System.out::println);
        System.exit(faults.isEmpty() ? 0 : 1);
    }
}
