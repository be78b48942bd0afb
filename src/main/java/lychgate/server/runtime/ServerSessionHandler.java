package lychgate.server.runtime;

import lychgate.plugin.ServerPlugin;
import lychgate.server.Game;
import lychgate.server.GameHost;
import lychgate.server.ServerSession;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.FactsUnderWay;
import lychgate.session.GameSide;
import lychgate.session.Meters;
import lychgate.session.PortalSide;
import lychgate.session.Presence;
import lychgate.session.SessionSync;
import lychgate.session.Values;
import lychgate.text.PlayerText;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Runs a game for all sessions: what the portal tells it reaches the game in order, on the game
 * thread; what the game sends goes back to the portal at the end of the turn.
 */
public final class ServerSessionHandler implements GameSide {
    /** How long to wait for negotiation before a client is greeted anyway. */
    private static final Duration GREETING = Duration.ofMillis(300);

    private static final String GREET = "greeting";

    private final Game game;
    private final List<ServerPlugin> plugins;
    private final GameThread thread;
    private final Workers workers;
    private final SessionWork work;
    private final LoginAttempts logins;
    private final Map<Long, GameSession> sessions = new ConcurrentHashMap<>();
    private final TurnOutput output = new TurnOutput();
    private final FactsUnderWay facts = new FactsUnderWay();
    private final InputFuncs inputFuncs = new InputFuncs();
    private final Variables variables = new Variables();
    private final RuntimeHost host;
    private volatile Map<Long, List<CommandTuple>> left = Map.of();
    private @Nullable PortalSide portal;

    /**
     * @param plugins services that extend the game
     */
    public ServerSessionHandler(
            Game game,
            List<ServerPlugin> plugins,
            String gameName,
            String version,
            Instant started,
            Meters meters) {
        this(game, plugins, gameName, version, started, meters, System::nanoTime);
    }

    /**
     * @param nanoTime a clock that only goes forward
     */
    public ServerSessionHandler(
            Game game,
            List<ServerPlugin> plugins,
            String gameName,
            String version,
            Instant started,
            Meters meters,
            LongSupplier nanoTime) {
        this.game = game;
        this.plugins = List.copyOf(plugins);
        this.thread = new GameThread(this::flush, meters, nanoTime);
        this.workers = new Workers(meters);
        this.work = new SessionWork(thread, workers);
        this.logins = new LoginAttempts(thread, work, meters, nanoTime);
        Repeats repeats = new Repeats(thread, work);
        this.host =
                new RuntimeHost(
                        new RuntimeHost.About(gameName, version, started),
                        thread,
                        workers,
                        sessions.values(),
                        inputFuncs,
                        variables,
                        repeats,
                        this::portal);
        new StandardInputFuncs(inputFuncs, game, variables, repeats, meters).register();
    }

    @Override
    public void start(PortalSide portalSide, List<SessionSync> present) throws IOException {
        portal = portalSide;
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.start(
                () -> {
                    try {
                        findServicesOfTheGame();
                        game.start(host);
                        for (ServerPlugin plugin : plugins) {
                            plugin.start(host);
                        }
                        present.forEach(this::restore);
                        done.complete(null);
                    } catch (Throwable e) { // whatever it is, start() must not hang
                        done.completeExceptionally(e);
                    }
                });
        await(done);
    }

    /** Libraries look for their services with this loader; the worker threads inherit it. */
    private void findServicesOfTheGame() {
        Thread.currentThread().setContextClassLoader(game.getClass().getClassLoader());
    }

    @Override
    public void stop() {
        workers.stop(); // first, so that players learn the outcome
        List<Runnable> last = new ArrayList<>();
        last.add(this::noteWhatIsLeft);
        plugins.reversed().forEach(plugin -> last.add(plugin::stop));
        last.add(game::stop);
        thread.stop(last);
    }

    @Override
    public Map<Long, List<CommandTuple>> left() {
        return left;
    }

    /** Players may have typed ahead while a stream or a password check held their input. */
    private void noteWhatIsLeft() {
        Map<Long, List<CommandTuple>> all = new LinkedHashMap<>();
        for (GameSession session : sessions.values()) {
            session.finishAll();
            List<CommandTuple> commands = session.queue().commands();
            if (!commands.isEmpty()) {
                all.put(session.id(), commands);
            }
        }
        left = Map.copyOf(all);
    }

    // From the portal, on any thread.

    @Override
    public void connected(SessionSync sync) {
        GameSession session = new GameSession(this, sync);
        sessions.put(session.id(), session);
        work.run(
                session,
                "opening",
                () -> {
                    session.begin();
                    if (!session.isOutbound()) {
                        work.attempt(session, () -> game.opened(session));
                        thread.after(GREETING, () -> greetInTime(session));
                    }
                });
    }

    @Override
    public void resumed(SessionSync sync) {
        GameSession session = new GameSession(this, sync);
        sessions.put(session.id(), session);
        work.run(session, "resuming", () -> restore(session, game::restored));
    }

    @Override
    public void arrived(SessionSync sync) {
        GameSession session = new GameSession(this, sync);
        sessions.put(session.id(), session);
        work.run(session, "arriving", () -> restore(session, game::arrived));
    }

    /** Most have been greeted by then and need no further turn. */
    private void greetInTime(GameSession session) {
        if (!session.greeted()) {
            work.run(session, GREET, () -> greet(session));
        }
    }

    @Override
    public void factsChanged(long sessid, ClientFacts facts) {
        GameSession session = sessions.get(sessid);
        if (session != null && this.facts.changed(sessid, facts)) {
            work.run(session, "facts", () -> learned(session));
        }
    }

    private void learned(GameSession session) {
        ClientFacts newest = facts.arrived(session.id());
        if (newest != null) {
            session.learned(newest);
        }
    }

    @Override
    public void settled(long sessid) {
        with(sessid, GREET, this::greet);
    }

    @Override
    public void dataIn(long sessid, List<CommandTuple> commands) {
        GameSession session = sessions.get(sessid);
        if (session != null) {
            for (CommandTuple command : commands) {
                if (Presence.isTold(command)) {
                    session.markAway(Presence.isAway(command));
                }
                thread.run(session.queue(), new Input(this, session, command));
            }
        }
    }

    @Override
    public void writable(long sessid, boolean writable) {
        GameSession session = sessions.get(sessid);
        if (session != null) {
            session.markWritable(writable);
            if (writable) {
                work.run(session, "writable", session::becameWritable);
            }
        }
    }

    @Override
    public void disconnected(long sessid, String reason) {
        GameSession session = sessions.get(sessid);
        if (session != null) {
            thread.runLast(session.queue(), new Work.Now("closing", () -> end(session)));
        }
    }

    @Override
    public List<String> troubles() {
        return host.troubles();
    }

    /** For how many nanoseconds the game thread has been busy with one task; 0 while idle. */
    @Override
    public long busyNanos() {
        return thread.busyNanos();
    }

    /** The runtime's services for the game. */
    public GameHost host() {
        return host;
    }

    // For sessions.

    PortalSide portal() {
        if (portal == null) {
            throw new IllegalStateException("the game has not been started");
        }
        return portal;
    }

    Variables variables() {
        return variables;
    }

    SessionWork work() {
        return work;
    }

    LoginAttempts logins() {
        return logins;
    }

    boolean onGameThread() {
        return thread.isCurrent();
    }

    /** Runs a task of the game's own. Any thread may call. */
    void run(Runnable task) {
        thread.run(task);
    }

    /** Whether work is waiting. On the game thread. */
    public boolean busy() {
        return thread.busy();
    }

    /** The session has output to flush at the end of the turn. */
    void hasOutput(GameSession session) {
        output.add(session);
    }

    /** Output has been sent to the session: a text, or a command of that name. */
    void sends(GameSession session, String text) {
        thread.sent(output.add(session, text));
    }

    /** Ends a pause of the session's input. */
    void resume(GameSession session) {
        thread.resume(session.queue());
        session.finish();
        answered(session);
    }

    /** Handles a command of a session. */
    void input(GameSession session, CommandTuple command) {
        if (session.open()) {
            portal().begun(session.id());
            handle(session, command);
            session.consumed();
            answered(session);
        }
    }

    private void restore(SessionSync sync) {
        GameSession session = new GameSession(this, sync);
        sessions.put(session.id(), session);
        restore(session, game::restored);
    }

    private void restore(GameSession session, Consumer<ServerSession> telling) {
        session.begin();
        session.restore();
        if (session.isOutbound()) {
            return;
        }
        work.attempt(session, () -> telling.accept(session));
        if (!session.loggedIn()) {
            greet(session); // any open question is gone with the old game
        }
    }

    /** Hands the output of a turn to the portal. */
    private void flush() {
        output.flush();
        portal().turnEnds();
    }

    private void end(GameSession session) {
        sessions.remove(session.id());
        facts.arrived(session.id());
        thread.close(session.queue());
        session.close();
        if (!session.isOutbound()) {
            work.attempt(session, () -> game.closed(session));
        }
    }

    private void greet(GameSession session) {
        if (!session.isOutbound() && session.greet()) {
            work.attempt(session, () -> game.greet(session));
        }
    }

    private void handle(GameSession session, CommandTuple command) {
        if (command.is(CommandTuple.TEXT)) {
            greet(session); // input ends the wait for the greeting
            session.answering();
            Consumer<PlayerText> question = session.question();
            if (question != null) {
                PlayerText answer = new PlayerText(Values.text(command.argument(0)));
                work.attempt(session, () -> question.accept(answer));
                return;
            }
        }
        work.attempt(
                session,
                () -> {
                    if (!session.isOutbound()) {
                        game.input(session, command);
                    }
                    inputFuncs.handle(session, command);
                });
    }

    private void answered(GameSession session) {
        if (session.answered() && session.open() && !session.asking()) {
            work.attempt(session, () -> game.answered(session));
        }
    }

    private void with(long sessid, String name, Consumer<GameSession> task) {
        GameSession session = sessions.get(sessid);
        if (session != null) {
            work.run(session, name, () -> task.accept(session));
        }
    }

    private static void await(CompletableFuture<Void> done) throws IOException {
        try {
            done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException("the game failed to start", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the start was interrupted", e);
        }
    }
}
