package lychgate.link.amp;

import lychgate.evennia.wire.RestartMode;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Decides when the game is started, stopped and restarted: on the order of a launcher, of the game
 * itself or of an operator, and when a game that should be running has died. Acts only through
 * {@link Orders}, and is told the time. Called on the loop's thread.
 *
 * <pre>
 *             start, restart               it is due
 *     AWAY ──────────────────► DUE ─────────────────────────► STARTING
 *      ▲  ◄──────────────────  ▲ ▲                             │   │
 *      │       shut down       │ └─────────────────────────────┘   │
 *      │                       │       it has failed               │ a game links
 *      │        lost, and      │                                   ▼
 *      │       wanted again    └────────────────────────────── LINKED ◄─┐
 *      │                       │                                │       │ it has not
 *      │     lost, and not     │              restart, shut down│       │ stopped in time
 *      └───────────────────────┴────────────────────────────── STOPPING ┘
 *           wanted any more
 * </pre>
 *
 * <p>A game may link in any state: it may have been started elsewhere, or only its connection was
 * lost. If the portal cannot start the game, DUE and STARTING are never reached; a game can still
 * be stopped.
 */
final class GameLife {
    private static final Logger log = LoggerFactory.getLogger(GameLife.class);

    /** How long the game may take to stop. Afterwards it is assumed to keep running. */
    static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** How long to wait for the start that a launcher orders after a restart. */
    static final long LAUNCHER_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How long a game that was started may take to connect. */
    static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Longest pause between attempts to start a game that keeps dying. */
    static final long MAX_DELAY_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** A game that disconnects this soon after saving its sessions has shut down, not died. */
    static final long SAVED_NANOS = TimeUnit.SECONDS.toNanos(10);

    /**
     * How long the portal waits after a launcher has ordered it to stop: if a launcher orders a
     * start meanwhile, it is a reboot, and the portal keeps running. Launchers take well under a
     * second.
     */
    static final long REBOOT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long FIRST_DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Carries out what is decided. */
    interface Orders {
        /** Starts the game and reports the outcome to the attempt, on the loop's thread. */
        void start(List<String> launcherOptions, Attempt attempt);

        /** Whether that process is running and is a game. */
        boolean runs(long pid);

        /** Tells the game to stop and holds back all input for it. */
        void stop(RestartMode mode);

        /** Resumes input for a game that has not stopped in time. */
        void goOn();

        /** Closes the launchers' connections, which tells them that the portal has stopped. */
        void leaveLaunchers();

        /** Stops the portal. */
        void stopPortal();
    }

    /** One attempt to start the game. Its outcome is ignored once the state has changed. */
    final class Attempt {
        private Attempt() {}

        /** The game has been started as that process. */
        void started(long process) {
            if (state instanceof Starting(Attempt attempt, long since, _) && attempt == this) {
                state = new Starting(this, since, process);
            }
        }

        /** The game could not be started. */
        void failed(String why) {
            if (state instanceof Starting(Attempt attempt, long since, _) && attempt == this) {
                GameLife.this.failed(why, since);
            }
        }
    }

    private sealed interface State {}

    /** There is no game, and none is about to be started. */
    private record Away() implements State {}

    /** There is no game; one is to be started at that time. */
    private record Due(long at) implements State {}

    /**
     * The game has been started and has not connected yet.
     *
     * @param pid its process, once known
     */
    private record Starting(Attempt attempt, long since, @Nullable Long pid) implements State {}

    /**
     * The game is connected.
     *
     * @param savedAt when it last saved all its sessions with the portal, if it has
     */
    private record Linked(long since, @Nullable Long savedAt) implements State {}

    /** The game is connected and has been told to stop. */
    private record Stopping(Linked linked, RestartMode mode, long since) implements State {}

    /** Whether the portal is to stop, too. */
    private sealed interface PortalStop {}

    /** It keeps running. */
    private record Stays() implements PortalStop {}

    /**
     * It stops once the game has.
     *
     * @param canBeReboot whether a launcher may turn it into a reboot
     */
    private record AfterGame(boolean canBeReboot) implements PortalStop {}

    /** It stops at that time, unless a launcher orders a start before. */
    private record UnlessReboot(long at) implements PortalStop {}

    private final boolean starts;
    private final Orders orders;
    private final List<Runnable> tellWhenGone = new ArrayList<>();
    private final List<CompletableFuture<Optional<String>>> operators = new ArrayList<>();
    private State state = new Away();
    private PortalStop portalStop = new Stays();
    private List<String> options = List.of();
    private @Nullable RestartMode mode = RestartMode.SHUTDOWN; // what was before is not known
    private @Nullable Long pid;
    private boolean wanted;
    private int deaths;

    /**
     * @param starts whether the portal can start the game
     */
    GameLife(boolean starts, Orders orders) {
        this.starts = starts;
        this.orders = orders;
    }

    /**
     * What the game was last told to stop for, to be passed on to the next game; null if it died.
     */
    @Nullable RestartMode mode() {
        return mode;
    }

    /** Whether the last stop was an ordered restart. */
    boolean wasRestarted() {
        return mode == RestartMode.RELOAD || mode == RestartMode.RESET;
    }

    /** The game's process, running or not; null if there never was one. */
    @Nullable Long pid() {
        return pid;
    }

    /** A game that was started by an earlier portal is still running. */
    void outlived(long process) {
        pid = process;
    }

    private boolean isLinked() {
        return switch (state) {
            case Linked _, Stopping _ -> true;
            case Away _, Due _, Starting _ -> false;
        };
    }

    // Orders.

    /**
     * Starts the game unless it is running. Returns false if it is not running and cannot be
     * started.
     */
    boolean start(List<String> launcherOptions, long now) {
        options = List.copyOf(launcherOptions);
        if (portalStop instanceof UnlessReboot) {
            log.info(
                    "reboot: start ordered by a launcher, the portal and its players stay"
                            + " connected");
            portalStop = new Stays();
        }
        if (!starts) {
            return isLinked();
        }
        wanted = true;
        switch (state) {
            case Away _, Due _ -> {
                state = new Due(now);
                tick(now);
            }
            case Starting _, Linked _, Stopping _ -> {}
        }
        return true;
    }

    /**
     * Restarts the game, or starts it if it is not running.
     *
     * @param launcher called once the game has disconnected; null if no launcher gave the order
     */
    void restart(RestartMode how, @Nullable Runnable launcher, long now) {
        if (!isLinked()) {
            start(options, now);
            return;
        }
        wanted = starts;
        if (!starts) {
            log.warn(
                    "stopping the game for a restart; it must be started again by hand:"
                            + " evennia.game_dir is not set");
        }
        order(how, launcher, now);
    }

    /**
     * Restarts the game for an operator. The future gets the reason for a failure, or nothing once
     * the game is back.
     */
    void restart(CompletableFuture<Optional<String>> failure, long now) {
        operators.add(failure);
        restart(RestartMode.RELOAD, null, now);
    }

    /**
     * Stops the game, and then the portal if so ordered.
     *
     * @param launcher called once the game has disconnected; null if no launcher gave the order
     */
    void shutDown(boolean portalToo, @Nullable Runnable launcher, long now) {
        wanted = false;
        tellOperators("The game is not restarted: it has been told to stop.");
        boolean canBeReboot = launcher != null && starts;
        portalStop =
                switch (portalStop) {
                    case Stays _ -> portalToo ? new AfterGame(canBeReboot) : portalStop;
                    case AfterGame _ -> new AfterGame(canBeReboot);
                    case UnlessReboot _ -> isLinked() ? portalStop : new AfterGame(false);
                };
        switch (state) {
            case Linked _, Stopping _ -> order(RestartMode.SHUTDOWN, launcher, now);
            case Away _, Due _ -> {
                state = new Away();
                stayAway(portalToo, launcher, now);
            }
            case Starting _ -> stayAway(portalToo, launcher, now);
        }
    }

    private void stayAway(boolean portalToo, @Nullable Runnable launcher, long now) {
        mode = RestartMode.SHUTDOWN;
        if (launcher != null && !portalToo) {
            launcher.run();
        }
        stopPortalAfterGame(now);
    }

    /** A stop that a launcher ordered becomes a reboot if the launcher comes back. */
    private void stopPortalAfterGame(long now) {
        if (portalStop instanceof AfterGame(boolean canBeReboot)) {
            if (canBeReboot) {
                portalStop = new UnlessReboot(now + REBOOT_NANOS);
                orders.leaveLaunchers();
            } else {
                orders.stopPortal();
            }
        }
    }

    private void order(RestartMode how, @Nullable Runnable launcher, long now) {
        if (launcher != null) {
            tellWhenGone.add(launcher);
        }
        mode = how;
        state =
                switch (state) {
                    case Linked linked -> new Stopping(linked, how, now);
                    case Stopping(Linked linked, _, _) -> new Stopping(linked, how, now);
                    case Away _, Due _, Starting _ ->
                            throw new IllegalStateException("no game to stop");
                };
        log.info("telling the game to stop ({})", how.text());
        orders.stop(how);
    }

    // What happens.

    /** A game has connected and has been given its sessions. */
    void linked(long process, long now) {
        boolean stillToStop = wasRestarted() && Long.valueOf(process).equals(pid);
        state = new Linked(now, null);
        pid = process;
        mode = null;
        if (!stillToStop) {
            operators.forEach(operator -> operator.complete(Optional.empty()));
            operators.clear();
        }
    }

    /** The game has saved all its sessions with the portal, as it does before it stops. */
    void saved(long now) {
        state =
                switch (state) {
                    case Linked(long since, _) -> new Linked(since, now);
                    case Stopping(Linked linked, RestartMode how, long since) ->
                            new Stopping(new Linked(linked.since, now), how, since);
                    case Away _, Due _, Starting _ -> state;
                };
    }

    /** The game has disconnected. */
    void lost(long now) {
        boolean byLauncher = !tellWhenGone.isEmpty();
        List.copyOf(tellWhenGone).forEach(Runnable::run);
        tellWhenGone.clear();
        State before = state;
        state = new Away();
        if (!(portalStop instanceof Stays)) {
            stopPortalAfterGame(now);
            return;
        }
        switch (before) {
            case Stopping(_, RestartMode how, _) -> {
                if (how != RestartMode.SHUTDOWN && wanted) {
                    state = new Due(byLauncher ? now + LAUNCHER_NANOS : now);
                }
            }
            case Linked(_, Long savedAt) when savedAt != null && now - savedAt < SAVED_NANOS -> {
                log.info("the game has shut down by itself; not restarting it without an order");
                mode = RestartMode.RELOAD; // it gets back the sessions that it has saved
                wanted = false;
            }
            case Linked(long since, _) -> {
                log.warn("AMP connection to the game lost");
                deaths = now - since > MAX_DELAY_NANOS ? 0 : deaths;
                startLater(now);
            }
            case Away _, Due _, Starting _ -> state = before;
        }
    }

    /** Does what has become due. */
    void tick(long now) {
        if (portalStop instanceof UnlessReboot(long at) && now - at >= 0) {
            portalStop = new Stays();
            orders.stopPortal();
        }
        switch (state) {
            case Stopping(Linked linked, _, long since) when now - since > STOP_NANOS ->
                    stays(linked);
            case Starting(_, long since, _) when now - since > START_NANOS ->
                    failed("it did not connect within a minute", now);
            case Starting(_, _, Long process) when process != null && !orders.runs(process) ->
                    failed("its process ended at once; see its log", now);
            case Away _, Due _, Starting _, Linked _, Stopping _ -> {}
        }
        if (state instanceof Due(long at) && now - at >= 0) {
            startUnlessItRuns(now);
        }
    }

    private void stays(Linked linked) {
        log.warn("the game has not stopped within 30 s of being told to: it keeps running");
        state = linked;
        mode = null;
        portalStop = new Stays();
        tellWhenGone.clear();
        orders.goOn();
        tellOperators("The game was told to stop and has not: it keeps running.");
    }

    private void startUnlessItRuns(long now) {
        Long before = pid;
        if (before != null && orders.runs(before)) {
            return; // it is still stopping, or only its connection was lost and it will reconnect
        }
        Attempt attempt = new Attempt();
        state = new Starting(attempt, now, null);
        log.info("starting the game");
        orders.start(options, attempt);
    }

    private void failed(String why, long now) {
        startLater(now);
        log.warn("could not start the game: {}", why);
        tellOperators("The game could not be started: " + why + ".");
    }

    private void startLater(long now) {
        state = wanted ? new Due(now + delay()) : new Away();
    }

    private void tellOperators(String failure) {
        operators.forEach(operator -> operator.complete(Optional.of(failure)));
        operators.clear();
    }

    /** The pause before the next attempt: none at first, then longer and longer. */
    private long delay() {
        long delay = deaths == 0 ? 0 : FIRST_DELAY_NANOS << Math.min(deaths - 1, 6);
        deaths++;
        return Math.min(MAX_DELAY_NANOS, delay);
    }
}
