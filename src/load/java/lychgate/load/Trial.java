package lychgate.load;

import lychgate.peers.Distribution;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs one attack on a freshly started portal, while an honest player plays its game. */
final class Trial {
    private static final long WARM_UP_MILLIS = 2_000;
    private static final long REST_MILLIS = 2_000;
    private static final long AFTERWARDS_MILLIS = 1_500;
    private static final long LOOK_MILLIS = 50;

    /** Timeout for an attack to prepare, e.g. to log in thousands of connections. */
    private static final long READY_MILLIS = 180_000;

    /** How long the player waits for an answer after the attack. */
    private static final long PATIENCE_MILLIS = 30_000;

    /** When an echo has waited this long, the portal's threads are dumped. */
    private static final double STUCK_MILLIS = 1_000;

    private final Row row;
    private final Distribution portal;
    private final Player player;
    private final Field field;
    private final Observed process;
    private long peakKib;
    private int dumps;

    private Trial(Row row, Distribution portal, Player player, Field field) {
        this.row = row;
        this.portal = portal;
        this.player = player;
        this.field = field;
        process = field.process();
    }

    /**
     * Runs an attack.
     *
     * @param binary the start script of the portal
     * @param place where the game is, and the player
     * @param dumps the folder for thread dumps of the portal when an echo waits; null: none
     */
    static Verdict of(Row row, Path binary, Place place, @Nullable Path dumps) throws Exception {
        try (Scene scene = Scene.of(row, binary, place);
                Player player = new Player(scene.playersPort());
                Field field = new Field(scene.portal())) {
            Trial trial = new Trial(row, scene.portal(), player, field);
            trial.dumps = dumps == null ? 0 : 3;
            Verdict verdict = trial.run(scene);
            if (dumps != null && trial.dumps < 3) {
                Files.createDirectories(dumps);
                Path file = dumps.resolve(row.name().replaceAll("\\W+", "-"));
                Files.write(file, scene.portal().out());
            }
            return verdict;
        }
    }

    private Verdict run(Scene scene) throws Exception {
        Thread.sleep(WARM_UP_MILLIS);
        long restBegan = System.nanoTime();
        Thread.sleep(REST_MILLIS);
        long restEnded = System.nanoTime();
        process.forgetPeak();
        long before = process.rssKib();
        Thread attacker = Thread.ofPlatform().daemon().start(this::attack);
        await(READY_MILLIS, () -> field.isReady() || !attacker.isAlive());
        long began = System.nanoTime();
        field.go();
        await(TimeUnit.SECONDS.toMillis(row.seconds()), () -> !attacker.isAlive());
        long ended = System.nanoTime();
        field.close();
        await(PATIENCE_MILLIS, () -> Double.isFinite(player.answeredAfter(ended)));
        await(AFTERWARDS_MILLIS, () -> false);
        attacker.join(PATIENCE_MILLIS);
        scene.judge(field, row.memoryMib());
        return new Verdict(
                row,
                player.between(restBegan, restEnded),
                player.between(began, ended),
                player.answeredAfter(ended),
                portal.isAlive() ? null : portal.exit(),
                before,
                portal.isAlive() ? process.rssKib() : 0,
                peakKib,
                field.sent() / ((ended - began) / 1e9) / 1e6,
                field.notes(),
                field.misses(),
                field.slow());
    }

    private void attack() {
        try {
            row.attack().on(field);
        } catch (Exception e) {
            if (field.goesOn()) {
                field.require(false, "the attack was stopped: " + e);
            }
        }
    }

    /**
     * Waits until the condition holds, the timeout expires or the portal has exited; samples the
     * portal meanwhile.
     */
    private void await(long mostMillis, BooleanSupplier so)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(mostMillis);
        while (!so.getAsBoolean() && System.nanoTime() < until && portal.isAlive()) {
            Thread.sleep(LOOK_MILLIS);
            try {
                peakKib = process.peakKib();
            } catch (IOException e) {
                // it has just exited: keep the last value
            }
            if (dumps > 0 && player.waitedMillis() > STUCK_MILLIS) {
                dumps--;
                portal.dumpThreads();
            }
        }
    }
}
