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
 * When the game is started, stopped and restarted: by order of a launcher, of the game itself, or
 * of the operator; and again when a game that should run has died. Decides only: what it wants done
 * it says to {@link Orders}, and the time it is told. Called on the loop's thread.
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
 * <p>A game may link from any state: somebody else may start it, or only its link was cut. Where
 * the portal cannot start a game, nothing is ever due; a game can still be stopped.
 */
final class GameLife {
    private static final Logger log = LoggerFactory.getLogger(GameLife.class);

    /** How long an ordered stop may take; then the game is taken to have stayed. */
    static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** How long a launcher that ordered a restart may take to order the start that follows. */
    static final long LAUNCHER_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How long a game that was started may take to connect. */
    static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Longest time between two tries to start a game that dies again and again. */
    static final long MAX_DELAY_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** A game that ends so soon after its sessions were saved has stopped, and not died. */
    static final long SAVED_NANOS = TimeUnit.SECONDS.toNanos(10);

    /**
     * How long after a launcher has had the portal stopped it may come back and order a start: that
     * is a reboot, and the portal stays. Launchers take well under a second.
     */
    static final long REBOOT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long FIRST_DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What is done by others. */
    interface Orders {
        /** Starts the game, and says what comes of it, on the loop's thread. */
        void start(List<String> launcherOptions, Attempt attempt);

        /** Whether the process of that number runs, and is a game. */
        boolean runs(long pid);

        /** The game is told to stop, and is handed nothing more. */
        void stop(RestartMode mode);

        /** The game has not stopped in time: it goes on. */
        void goOn();

        /** Closes the connections of launchers: they take the portal to have stopped. */
        void leaveLaunchers();

        /** Ends the portal. */
        void stopPortal();
    }

    /** One start of the game. What comes of it is of no interest once another state is reached. */
    final class Attempt {
        private Attempt() {}

        /** The game runs as that process. */
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

    /** There is no game, and none is to be started. */
    private record Away() implements State {}

    /** There is no game; one is to be started then. */
    private record Due(long at) implements State {}

    /**
     * A game has been started, and has not connected.
     *
     * @param pid its process, once that is known
     */
    private record Starting(Attempt attempt, long since, @Nullable Long pid) implements State {}

    /**
     * The game is there.
     *
     * @param savedAt when it has handed over all that it knows of its sessions, if it has
     */
    private record Linked(long since, @Nullable Long savedAt) implements State {}

    /** The game is there, and has been told to stop. */
    private record Stopping(Linked linked, RestartMode mode, long since) implements State {}

    /** Whether the portal is to stop with the game. */
    private sealed interface PortalStop {}

    /** It stays. */
    private record Stays() implements PortalStop {}

    /**
     * It stops when the game has.
     *
     * @param canBeReboot whether a launcher may come back and have it stay
     */
    private record AfterGame(boolean canBeReboot) implements PortalStop {}

    /** It stops then, if no launcher has come back. */
    private record UnlessReboot(long at) implements PortalStop {}

    private final boolean starts;
    private final Orders orders;
    private final List<Runnable> tellWhenGone = new ArrayList<>();
    private final List<CompletableFuture<Optional<String>>> operators = new ArrayList<>();
    private State state = new Away();
    private PortalStop portalStop = new Stays();
    private List<String> options = List.of();
    private @Nullable RestartMode mode = RestartMode.SHUTDOWN; // nobody knows what was before
    private @Nullable Long pid;
    private boolean wanted;
    private int deaths;

    /**
     * @param starts whether the game can be started from here
     */
    GameLife(boolean starts, Orders orders) {
        this.starts = starts;
        this.orders = orders;
    }

    /** Why the game was stopped last, if by order; for the game that comes. */
    @Nullable RestartMode mode() {
        return mode;
    }

    /** Whether the game was restarted by order. */
    boolean wasRestarted() {
        return mode == RestartMode.RELOAD || mode == RestartMode.RESET;
    }

    /** The process of the game; null where there never was one. */
    @Nullable Long pid() {
        return pid;
    }

    /** A game of a portal before this one runs still. */
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

    /** The game is to run; one that runs stays as it is. Whether that can be done. */
    boolean start(List<String> launcherOptions, long now) {
        options = List.copyOf(launcherOptions);
        if (portalStop instanceof UnlessReboot) {
            log.info("it is a reboot: the portal stays, with its players");
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
     * The game is to be restarted; one that does not run is started.
     *
     * @param launcher told when the game has gone; null where no launcher has ordered it
     */
    void restart(RestartMode how, @Nullable Runnable launcher, long now) {
        if (!isLinked()) {
            start(options, now);
            return;
        }
        wanted = starts;
        if (!starts) {
            log.warn(
                    "the game is stopped for a restart, and somebody else must start it:"
                            + " evennia.game_dir is not set");
        }
        order(how, launcher, now);
    }

    /** The same by order of an operator, who is told why it fails, or of no failure. */
    void restart(CompletableFuture<Optional<String>> failure, long now) {
        operators.add(failure);
        restart(RestartMode.RELOAD, null, now);
    }

    /**
     * The game is to stop, and the portal after it, if so ordered.
     *
     * @param launcher told when the game has gone; null where no launcher has ordered it
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

    /** Who stops the portal by a launcher has it reboot, if the launcher comes back. */
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
        log.info("the game is told to stop ({})", how.text());
        orders.stop(how);
    }

    // What happens.

    /** A game has come, and has been given its sessions. */
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

    /** The game has handed over all that it knows of its sessions, as one that stops does. */
    void saved(long now) {
        state =
                switch (state) {
                    case Linked(long since, _) -> new Linked(since, now);
                    case Stopping(Linked linked, RestartMode how, long since) ->
                            new Stopping(new Linked(linked.since, now), how, since);
                    case Away _, Due _, Starting _ -> state;
                };
    }

    /** The game is gone. */
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
                log.info(
                        "the game has stopped by itself; it is not started again without an order");
                mode = RestartMode.RELOAD; // it has saved its sessions, and gets them back
                wanted = false;
            }
            case Linked(long since, _) -> {
                log.warn("the link to the game is lost");
                deaths = now - since > MAX_DELAY_NANOS ? 0 : deaths;
                startLater(now);
            }
            case Away _, Due _, Starting _ -> state = before;
        }
    }

    /** Looks whether something has become due. */
    void tick(long now) {
        if (portalStop instanceof UnlessReboot(long at) && now - at >= 0) {
            portalStop = new Stays();
            orders.stopPortal();
        }
        switch (state) {
            case Stopping(Linked linked, _, long since) when now - since > STOP_NANOS ->
                    stays(linked);
            case Starting(_, long since, _) when now - since > START_NANOS ->
                    failed("it has not connected within a minute", now);
            case Starting(_, _, Long process) when process != null && !orders.runs(process) ->
                    failed("it has ended at once; its log says why", now);
            case Away _, Due _, Starting _, Linked _, Stopping _ -> {}
        }
        if (state instanceof Due(long at) && now - at >= 0) {
            startUnlessItRuns(now);
        }
    }

    private void stays(Linked linked) {
        log.warn("the game was told to stop and has not: it goes on");
        state = linked;
        mode = null;
        portalStop = new Stays();
        tellWhenGone.clear();
        orders.goOn();
        tellOperators("The game was told to stop and has not: it goes on.");
    }

    private void startUnlessItRuns(long now) {
        Long before = pid;
        if (before != null && orders.runs(before)) {
            return; // it has not ended yet; or only its link has, and it will be back
        }
        Attempt attempt = new Attempt();
        state = new Starting(attempt, now, null);
        log.info("the game is started");
        orders.start(options, attempt);
    }

    private void failed(String why, long now) {
        startLater(now);
        log.warn("the game could not be started: {}", why);
        tellOperators("The game could not be started: " + why + ".");
    }

    private void startLater(long now) {
        state = wanted ? new Due(now + delay()) : new Away();
    }

    private void tellOperators(String failure) {
        operators.forEach(operator -> operator.complete(Optional.of(failure)));
        operators.clear();
    }

    /** Once more it has died: the first time nothing is waited for, then longer and longer. */
    private long delay() {
        long delay = deaths == 0 ? 0 : FIRST_DELAY_NANOS << Math.min(deaths - 1, 6);
        deaths++;
        return Math.min(MAX_DELAY_NANOS, delay);
    }
}
