package lychgate.link.amp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.evennia.wire.RestartMode;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

class GameLifeTest {
    private static final long GAME = 7;

    private final Recorded orders = new Recorded();
    private final GameLife life = new GameLife(true, orders);
    private long now;

    @Test
    void gameIsStartedOnceHoweverOftenThatIsOrdered() {
        life.start(List.of("--profiler=cprofile"), now);
        life.start(List.of(), now);
        life.tick(now);
        orders.hadDone("start [--profiler=cprofile]");
    }

    @Test
    void gameThatCannotBeStartedIsTriedAgainAtOnceThenLaterAndLater() {
        life.start(List.of(), now);
        for (long delay : new long[] {0, 1, 2, 4, 8, 16, 32, 60, 60}) {
            orders.hadDone("start []");
            orders.attempt().failed("twistd ended with 1");
            after(Duration.ofSeconds(delay).minusMillis(delay == 0 ? 0 : 1));
            if (delay > 0) {
                orders.hadDone();
                after(Duration.ofMillis(1));
            }
        }
        orders.hadDone("start []");
    }

    @Test
    void gameThatEndsAtOnceOrDoesNotConnectIsStartedAgain() {
        life.start(List.of(), now);
        orders.attempt().started(GAME);
        after(Duration.ofSeconds(1));
        orders.hadDone("start []", "start []"); // it does not run
        orders.running.add(8L);
        orders.attempt().started(8);
        after(Duration.ofSeconds(60));
        orders.hadDone();
        after(Duration.ofSeconds(1));
        orders.running.clear();
        after(Duration.ofSeconds(1));
        orders.hadDone("start []");
    }

    @Test
    void whatBecomesOfAnOldStartIsOfNoInterest() {
        life.start(List.of(), now);
        GameLife.Attempt first = orders.attempt();
        after(Duration.ofSeconds(61));
        orders.hadDone("start []", "start []");
        first.failed("too late");
        first.started(GAME);
        after(Duration.ofSeconds(1));
        orders.hadDone();
    }

    @Test
    void gameThatDiesIsStartedAgainUnlessItStillRuns() {
        links();
        orders.running.add(GAME);
        life.lost(now);
        after(Duration.ofSeconds(1));
        orders.hadDone("start []");
        orders.running.clear();
        after(Duration.ofSeconds(1));
        orders.hadDone("start []");
        assertNull(life.mode());
    }

    @Test
    void gameThatHasSavedItsSessionsAndGoesHasStoppedByItself() {
        links();
        orders.hadDone("start []");
        life.saved(now);
        life.lost(now);
        after(Duration.ofMinutes(2));
        orders.hadDone();
        assertEquals(RestartMode.RELOAD, life.mode());
    }

    @Test
    void restartIsAStopThenAStartAndTheNextGameIsToldOfIt() {
        links();
        CompletableFuture<Optional<String>> failure = new CompletableFuture<>();
        life.restart(failure, now);
        life.lost(now);
        after(Duration.ZERO);
        orders.hadDone("start []", "stop RELOAD", "start []");
        assertTrue(life.wasRestarted());
        assertFalse(failure.isDone());
        life.linked(8, now);
        assertEquals(Optional.empty(), failure.join());
        assertNull(life.mode());
    }

    @Test
    void launcherThatOrderedARestartIsToldAndHasFiveSecondsToOrderTheStart() {
        links();
        life.restart(RestartMode.RESET, () -> orders.done.add("told"), now);
        life.lost(now);
        after(GameLife.LAUNCHER_NANOS - 1);
        orders.hadDone("start []", "stop RESET", "told");
        after(1);
        orders.hadDone("start []");
    }

    @Test
    void gameThatWasToldToStopAndDoesNotGoesOnAndThePortalStays() {
        links();
        CompletableFuture<Optional<String>> failure = new CompletableFuture<>();
        life.restart(failure, now);
        life.shutDown(true, null, now);
        after(GameLife.STOP_NANOS);
        orders.hadDone("start []", "stop RELOAD", "stop SHUTDOWN");
        after(1);
        orders.hadDone("go on");
        assertEquals(
                Optional.of("The game is not restarted: it has been told to stop."),
                failure.join());
        life.lost(now);
        after(Duration.ofMinutes(1));
        orders.hadDone();
    }

    @Test
    void portalThatIsStoppedByTheGameStopsAfterIt() {
        links();
        life.shutDown(true, null, now);
        orders.hadDone("start []", "stop SHUTDOWN");
        life.lost(now);
        orders.hadDone("stop portal");
    }

    @Test
    void launcherThatComesBackInTimeHasThePortalStay() {
        links();
        life.shutDown(true, () -> {}, now);
        life.lost(now);
        orders.hadDone("start []", "stop SHUTDOWN", "leave launchers");
        after(GameLife.REBOOT_NANOS - 1);
        life.start(List.of(), now);
        after(Duration.ofSeconds(5));
        orders.hadDone("start []");
    }

    @Test
    void launcherThatDoesNotComeBackHasThePortalStop() {
        life.shutDown(true, () -> {}, now);
        after(GameLife.REBOOT_NANOS - 1);
        orders.hadDone("leave launchers");
        after(1);
        orders.hadDone("stop portal");
    }

    @Test
    void secondOrderToStopThePortalIsNoReboot() {
        life.shutDown(true, () -> {}, now);
        life.shutDown(true, () -> {}, now);
        orders.hadDone("leave launchers", "stop portal");
    }

    @Test
    void whereSomebodyElseStartsTheGameNothingIsEverDue() {
        GameLife others = new GameLife(false, orders);
        assertFalse(others.start(List.of(), now));
        others.linked(GAME, now);
        assertTrue(others.start(List.of(), now));
        others.restart(RestartMode.RELOAD, null, now);
        others.lost(now);
        others.tick(Duration.ofHours(1).toNanos());
        orders.hadDone("stop RELOAD");
    }

    private void links() {
        life.start(List.of(), now);
        life.linked(GAME, now);
    }

    private void after(Duration time) {
        after(time.toNanos());
    }

    private void after(long nanos) {
        now += nanos;
        life.tick(now);
    }

    private static final class Recorded implements GameLife.Orders {
        private final List<String> done = new ArrayList<>();
        private final List<Long> running = new ArrayList<>();
        private GameLife.@Nullable Attempt last;

        GameLife.Attempt attempt() {
            return Objects.requireNonNull(last);
        }

        void hadDone(String... expected) {
            assertEquals(List.of(expected), done);
            done.clear();
        }

        @Override
        public void start(List<String> launcherOptions, GameLife.Attempt attempt) {
            done.add("start " + launcherOptions);
            last = attempt;
        }

        @Override
        public boolean runs(long pid) {
            return running.contains(pid);
        }

        @Override
        public void stop(RestartMode mode) {
            done.add("stop " + mode);
        }

        @Override
        public void goOn() {
            done.add("go on");
        }

        @Override
        public void leaveLaunchers() {
            done.add("leave launchers");
        }

        @Override
        public void stopPortal() {
            done.add("stop portal");
        }
    }
}
