package lychgate.link.amp;

import lychgate.evennia.GameServer;
import lychgate.evennia.wire.RestartMode;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Starts, stops and restarts the game: by order of a launcher, of the game itself, or of the
 * operator; and, when a game that should run has died, by itself. All but {@link #close} is called
 * on the loop's thread.
 *
 * <p>Without a {@link GameServer} somebody else must start the game; it can still be stopped.
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

    /** How long after its sessions were saved a game that goes has stopped, and not died. */
    static final long SAVED_NANOS = TimeUnit.SECONDS.toNanos(10);

    /**
     * How long after a launcher has had the portal stopped it may come back and order a start: that
     * is a reboot, and the portal stays. Launchers take well under a second.
     */
    static final long REBOOT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long FIRST_DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What is done by others. */
    interface Actions {
        /** The game is told to stop, and is handed nothing more. */
        void order(RestartMode mode);

        /** The game has not stopped in time: it goes on. */
        void goOn();

        /** Tells launchers how things are. */
        void tell(List<AmpConnection> launchers);

        /** Closes the connections of launchers: they take the portal to have stopped. */
        void leaveLaunchers();

        /** Ends the portal. */
        void stopPortal();

        /** Runs something on the loop's thread. */
        void later(Runnable task);
    }

    private final @Nullable GameServer server;
    private final Actions actions;
    private final ExecutorService starter =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("lychgate-evennia").daemon().factory());
    private final List<AmpConnection> tellWhenGone = new ArrayList<>();
    private final List<CompletableFuture<Optional<String>>> operators = new ArrayList<>();
    private List<String> options = List.of();
    private @Nullable RestartMode mode = RestartMode.SHUTDOWN; // nobody knows what was before
    private boolean linked;
    private volatile @Nullable Long pid;
    private boolean wanted;
    private boolean stopPortal;
    private boolean stopCanBeReboot;
    private @Nullable Long stopPortalAt;
    private @Nullable RestartMode ordered;
    private long orderedAt;
    private boolean starting;
    private long startedAt;
    private @Nullable Long startAt;
    private long linkedAt;
    private @Nullable Long savedAt;
    private @Nullable Long startedPid;
    private int deaths;

    GameLife(@Nullable GameServer server, Actions actions) {
        this.server = server;
        this.actions = actions;
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

    // Orders.

    /** The game is to run; one that runs stays as it is. Whether that can be done. */
    boolean start(List<String> launcherOptions, long now) {
        options = List.copyOf(launcherOptions);
        if (stopPortalAt != null) {
            log.info("it is a reboot: the portal stays, with its players");
            stopPortalAt = null;
            stopPortal = false;
        }
        if (server == null) {
            return linked;
        }
        wanted = true;
        if (!linked && !starting) {
            startAt = now;
            tick(now);
        }
        return true;
    }

    /** The game is to be restarted; one that does not run is started. */
    void restart(RestartMode how, @Nullable AmpConnection launcher, long now) {
        if (!linked) {
            start(options, now);
            return;
        }
        wanted = server != null;
        if (server == null) {
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

    /** The game is to stop, and the portal after it, if so ordered. */
    void shutDown(boolean portalToo, @Nullable AmpConnection launcher, long now) {
        wanted = false;
        startAt = null;
        stopPortal |= portalToo;
        tellOperators("The game is not restarted: it has been told to stop.");
        stopCanBeReboot = launcher != null && server != null && stopPortalAt == null;
        if (linked) {
            order(RestartMode.SHUTDOWN, launcher, now);
        } else {
            mode = RestartMode.SHUTDOWN;
            if (launcher != null && !portalToo) {
                actions.tell(List.of(launcher));
            }
            if (stopPortal) {
                stopPortal(now);
            }
        }
    }

    /** Who stops the portal by a launcher has it reboot, if the launcher comes back. */
    private void stopPortal(long now) {
        if (stopCanBeReboot) {
            stopPortalAt = now + REBOOT_NANOS;
            actions.leaveLaunchers();
        } else {
            actions.stopPortal();
        }
    }

    private void order(RestartMode how, @Nullable AmpConnection launcher, long now) {
        if (launcher != null) {
            tellWhenGone.add(launcher);
        }
        mode = how;
        ordered = how;
        orderedAt = now;
        log.info("the game is told to stop ({})", how.text());
        actions.order(how);
    }

    // What happens.

    /** A game has come, and has been given its sessions. */
    void linked(long process, long now) {
        boolean stillToStop = wasRestarted() && Long.valueOf(process).equals(pid);
        linked = true;
        linkedAt = now;
        pid = process;
        mode = null;
        ordered = null;
        starting = false;
        startAt = null;
        savedAt = null;
        if (!stillToStop) {
            operators.forEach(operator -> operator.complete(Optional.empty()));
            operators.clear();
        }
    }

    /** The game has handed over all that it knows of its sessions, as one that stops does. */
    void saved(long now) {
        savedAt = now;
    }

    /** The game is gone. */
    void lost(long now) {
        linked = false;
        boolean byLauncher = !tellWhenGone.isEmpty();
        actions.tell(List.copyOf(tellWhenGone));
        tellWhenGone.clear();
        RestartMode order = ordered;
        ordered = null;
        if (stopPortal) {
            stopPortal(now);
        } else if (order == null && savedAt != null && now - savedAt < SAVED_NANOS) {
            log.info("the game has stopped by itself; it is not started again without an order");
            mode = RestartMode.RELOAD; // it has saved its sessions, and gets them back
            wanted = false;
        } else if (order == null) {
            log.warn("the link to the game is lost");
            deaths = now - linkedAt > MAX_DELAY_NANOS ? 0 : deaths;
            startAt = wanted ? now + delay() : null;
        } else if (order != RestartMode.SHUTDOWN && wanted) {
            startAt = byLauncher ? now + LAUNCHER_NANOS : now;
        }
    }

    /** Looks whether something has become due. */
    void tick(long now) {
        if (stopPortalAt != null && now - stopPortalAt >= 0) {
            stopPortalAt = null;
            actions.stopPortal();
        }
        if (ordered != null && linked && now - orderedAt > STOP_NANOS) {
            log.warn("the game was told to stop and has not: it goes on");
            ordered = null;
            mode = null;
            stopPortal = false;
            tellWhenGone.clear();
            actions.goOn();
            tellOperators("The game was told to stop and has not: it goes on.");
        }
        Long young = startedPid;
        GameServer its = server;
        if (starting && now - startedAt > START_NANOS) {
            failed("it has not connected within a minute", now);
        } else if (starting && its != null && young != null && !its.runs(young)) {
            failed("it has ended at once; its log says why", now);
        }
        Long due = startAt;
        Long old = pid;
        if (its == null || due == null || linked || starting || now - due < 0) {
            return;
        }
        if (old != null && its.runs(old)) {
            return; // it has not ended yet; or only its link has, and it will be back
        }
        startAt = null;
        starting = true;
        startedAt = now;
        startedPid = null;
        log.info("the game is started");
        List<String> with = options;
        inBackground(
                () -> {
                    try {
                        long process = its.start(with);
                        actions.later(() -> startedPid = process);
                    } catch (IOException e) {
                        actions.later(() -> failed(String.valueOf(e.getMessage()), startedAt));
                    }
                });
    }

    /** The portal begins. */
    void open() throws IOException {
        if (server != null) {
            pid = server.open();
        }
    }

    /** The portal ends; any thread may call. */
    void close() {
        starter.shutdownNow();
        if (server != null) {
            server.close();
        }
    }

    private void failed(String why, long now) {
        if (starting) {
            starting = false;
            startAt = wanted ? now + delay() : null;
            log.warn("the game could not be started: {}", why);
            tellOperators("The game could not be started: " + why + ".");
        }
    }

    private void tellOperators(String failure) {
        operators.forEach(operator -> operator.complete(Optional.of(failure)));
        operators.clear();
    }

    private void inBackground(Runnable task) {
        try {
            starter.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("the portal stops", e);
        }
    }

    /** Once more it has died: the first time nothing is waited for, then longer and longer. */
    private long delay() {
        long delay = deaths == 0 ? 0 : FIRST_DELAY_NANOS << Math.min(deaths - 1, 6);
        deaths++;
        return Math.min(MAX_DELAY_NANOS, delay);
    }
}
