package lychgate.link.amp;

import lychgate.evennia.GameServer;
import lychgate.evennia.wire.Command;
import lychgate.evennia.wire.Payload;
import lychgate.evennia.wire.PortalProcess;
import lychgate.evennia.wire.RestartMode;
import lychgate.link.amp.AmpConnection.Asked;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Carries out what {@link GameLife} decides: over the link, and on a thread of its own where it
 * blocks.
 */
final class GameOrders implements GameLife.Orders {
    private static final Logger log = LoggerFactory.getLogger(GameOrders.class);

    private final @Nullable GameServer server;
    private final AmpLoop loop;
    private final CurrentGame game;
    private final LinkedSessions sessions;
    private final Launchers launchers;
    private final PortalProcess portal;
    private final ExecutorService starter =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("lychgate-evennia").daemon().factory());

    /**
     * @param server starts the game's process; null if it is started elsewhere
     */
    GameOrders(
            @Nullable GameServer server,
            AmpLoop loop,
            CurrentGame game,
            LinkedSessions sessions,
            Launchers launchers,
            PortalProcess portal) {
        this.server = server;
        this.loop = loop;
        this.game = game;
        this.sessions = sessions;
        this.launchers = launchers;
        this.portal = portal;
    }

    /**
     * The portal begins.
     *
     * @return the process of a game that has outlived another portal
     */
    @Nullable Long open() throws IOException {
        return server == null ? null : server.open();
    }

    /** The portal ends; any thread may call. */
    void close() {
        starter.shutdownNow();
        if (server != null) {
            server.close();
        }
    }

    @Override
    public void start(List<String> launcherOptions, GameLife.Attempt attempt) {
        GameServer starting = server;
        if (starting == null) {
            throw new IllegalStateException("somebody else starts the game");
        }
        try {
            starter.execute(() -> start(starting, launcherOptions, attempt));
        } catch (RejectedExecutionException e) {
            log.debug("not starting the game: the portal is stopping", e);
        }
    }

    private void start(GameServer starting, List<String> options, GameLife.Attempt attempt) {
        try {
            long pid = starting.start(options);
            loop.run(() -> attempt.started(pid));
        } catch (IOException e) {
            loop.run(() -> attempt.failed(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public boolean runs(long pid) {
        return server != null && server.runs(pid);
    }

    @Override
    public void stop(RestartMode mode) {
        AmpConnection told = game.connection();
        if (told != null) {
            sessions.hold();
            Payload order =
                    Payload.of(mode.operation(), 0, Map.of("server_restart_mode", mode.text()));
            told.ask(Command.ADMIN_TO_SERVER.text(), order.box(), Asked.NOTHING_MORE);
        }
    }

    @Override
    public void goOn() {
        AmpConnection same = game.connection();
        if (same != null) {
            sessions.goOn(same);
        }
    }

    @Override
    public void leaveLaunchers() {
        launchers.leave();
    }

    @Override
    public void stopPortal() {
        portal.stop();
    }
}
