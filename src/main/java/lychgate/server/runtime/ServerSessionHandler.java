package lychgate.server.runtime;

import lychgate.plugin.ServerPlugin;
import lychgate.server.Game;
import lychgate.server.GameHost;
import lychgate.server.InputFunc;
import lychgate.server.ServerSession;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.FactsUnderWay;
import lychgate.session.GameSide;
import lychgate.session.Meters;
import lychgate.session.PortalSide;
import lychgate.session.SessionSync;
import lychgate.session.Values;
import lychgate.text.Markup;
import lychgate.text.PlayerText;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The game's side of all sessions: what comes from the portal becomes input of the game, in order,
 * on the game thread; what the game sends goes back at the end of the turn.
 */
public final class ServerSessionHandler implements GameSide, GameHost {
    private static final Logger log = LoggerFactory.getLogger(ServerSessionHandler.class);

    /** How long a client is waited for before it is greeted, if it still negotiates. */
    private static final Duration GREETING = Duration.ofMillis(300);

    private static final String GREET = "greeting";

    /** How long a delayed try waits once more if all places of its source are taken. */
    private static final Duration UNTIL_ROOM = Duration.ofMillis(250);

    /** About what a message costs that is flushed, in nanoseconds: to encode it and hand it on. */
    private static final long MESSAGE_COST = 1_000;

    /** About what each character of a text costs that nobody else is shown: to render it. */
    private static final long CHARACTER_COST = 20;

    private static final Markup FAILED =
            Markup.of("|rThat did not work.|n The trouble is on our side, and has been noted.");

    private final Game game;
    private final List<ServerPlugin> plugins;
    private final String gameName;
    private final String version;
    private final Instant started;
    private final Meters meters;
    private final GameThread thread;
    private final Workers workers;
    private final Guesses guesses;
    private final FailedLogins failedLogins = new FailedLogins(this::after);
    private final Map<Long, GameSession> sessions = new ConcurrentHashMap<>();
    private final List<Supplier<@Nullable String>> watched = new CopyOnWriteArrayList<>();
    private final Set<GameSession> dirty = new LinkedHashSet<>();
    private volatile Map<Long, List<CommandTuple>> left = Map.of();
    private final FactsUnderWay facts = new FactsUnderWay();
    private final InputFuncs inputFuncs = new InputFuncs();
    private final Variables variables = new Variables();
    private final Repeats repeats = new Repeats(this);
    private @Nullable PortalSide portal;
    private @Nullable String lastText;

    /**
     * @param plugins services that are added to the game
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
    ServerSessionHandler(
            Game game,
            List<ServerPlugin> plugins,
            String gameName,
            String version,
            Instant started,
            Meters meters,
            LongSupplier nanoTime) {
        this.thread = new GameThread(this::flush, meters, nanoTime);
        this.workers = new Workers(meters);
        this.guesses = new Guesses(nanoTime);
        this.game = game;
        this.plugins = List.copyOf(plugins);
        this.gameName = gameName;
        this.version = version;
        this.started = started;
        this.meters = meters;
        new StandardInputFuncs(this, game, variables, repeats).register(inputFuncs);
    }

    @Override
    public void start(PortalSide portalSide, List<SessionSync> present) throws IOException {
        portal = portalSide;
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.start(
                () -> {
                    try {
                        game.start(this);
                        for (ServerPlugin plugin : plugins) {
                            plugin.start(this);
                        }
                        present.forEach(this::restore);
                        done.complete(null);
                    } catch (Throwable e) { // whatever it is, somebody waits for it
                        done.completeExceptionally(e);
                    }
                });
        await(done);
    }

    @Override
    public void stop() {
        workers.stop(); // first: players are told what has come of it
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

    /** Sessions that stream, or whose password is looked at, have typed ahead. */
    private void noteWhatIsLeft() {
        Map<Long, List<CommandTuple>> all = new LinkedHashMap<>();
        for (GameSession session : sessions.values()) {
            List<CommandTuple> commands = session.queue().commands();
            if (!commands.isEmpty()) {
                all.put(session.id(), commands);
            }
        }
        left = Map.copyOf(all);
    }

    // What the portal tells, on any thread.

    @Override
    public void connected(SessionSync sync) {
        GameSession session = new GameSession(this, sync);
        sessions.put(session.id(), session);
        run(
                session,
                "opening",
                () -> {
                    session.begin();
                    attempt(session, () -> game.opened(session));
                    thread.after(GREETING, () -> run(session, GREET, () -> greet(session)));
                });
    }

    @Override
    public void factsChanged(long sessid, ClientFacts facts) {
        GameSession session = sessions.get(sessid);
        if (session != null && this.facts.changed(sessid, facts)) {
            run(session, "facts", () -> learned(session));
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
                run(session, "writable", session::becameWritable);
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
        return watched.stream()
                .<@Nullable String>map(Supplier::get)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
    }

    // What a game may ask for, on the game thread.

    @Override
    public String gameName() {
        return gameName;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Instant started() {
        return started;
    }

    @Override
    public List<ServerSession> sessions() {
        return sessions.values().stream().<ServerSession>map(s -> s).filter(s -> s.open()).toList();
    }

    @Override
    public void inputFunc(String name, String description, InputFunc func) {
        inputFuncs.put(name, description, func);
    }

    @Override
    public void variable(String name, Function<ServerSession, @Nullable Object> value) {
        variables.put(name, value);
    }

    @Override
    public void watch(Supplier<@Nullable String> trouble) {
        watched.add(trouble);
    }

    @Override
    public void repeatable(String name, InputFunc func) {
        repeats.put(name, func);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return thread.after(delay, task);
    }

    @Override
    public Timer every(Duration interval, Runnable task) {
        return thread.every(interval, task);
    }

    @Override
    public void run(Runnable task) {
        thread.run(task);
    }

    @Override
    public <T> boolean blocking(Callable<T> work, Consumer<T> then) {
        return workers.run(
                Workers.GAME,
                () -> {
                    try {
                        T result = work.call();
                        thread.run(() -> then.accept(result));
                    } catch (Throwable e) { // what a game's code can run into has no end
                        log.error("work of the game has failed", e);
                    }
                });
    }

    // What a session needs of it.

    PortalSide portal() {
        if (portal == null) {
            throw new IllegalStateException("the game has not been started");
        }
        return portal;
    }

    /** Counts what a client was not given, by a limit. */
    void refused(String limit) {
        meters.refused(limit);
    }

    Variables variables() {
        return variables;
    }

    InputFuncs inputFuncs() {
        return inputFuncs;
    }

    boolean onGameThread() {
        return thread.isCurrent();
    }

    /** Does something for a session, in its order and turn. */
    void run(GameSession session, String name, Runnable task) {
        thread.run(session.queue(), new Work.Now(name, task));
    }

    /** How long the game thread has been at one thing; 0 while it waits. */
    @Override
    public long busyNanos() {
        return thread.busyNanos();
    }

    /** Whether something waits to be done. On the game thread. */
    boolean busy() {
        return thread.busy();
    }

    /** The session has something to hand over when the turn ends. */
    void dirty(GameSession session) {
        dirty.add(session);
    }

    /** The session is sent a text, or a command of that name. */
    void sent(GameSession session, String text) {
        dirty(session);
        boolean shared = text.equals(lastText); // a broadcast: made once for all who see it alike
        lastText = text;
        thread.sent(shared ? MESSAGE_COST : MESSAGE_COST + CHARACTER_COST * text.length());
    }

    /** A session's pause ends. */
    void resume(GameSession session) {
        thread.resume(session.queue());
        answered(session);
    }

    /** Handles a command of a session. */
    void input(GameSession session, CommandTuple command) {
        if (session.open()) {
            handle(session, command);
            session.consumed();
            answered(session);
        }
    }

    <T> boolean blocking(GameSession session, Callable<T> work, Consumer<T> then) {
        boolean taken =
                workers.run(
                        session.source(),
                        () -> {
                            Runnable news = outcome(session, work, then);
                            run(
                                    session,
                                    "an outcome",
                                    () -> {
                                        if (session.open()) {
                                            attempt(session, news);
                                        }
                                        session.resume();
                                    });
                        });
        if (taken) {
            session.pause();
        }
        return taken;
    }

    <T> boolean authenticate(
            GameSession session,
            String account,
            Callable<Optional<T>> check,
            Consumer<Optional<T>> then) {
        BooleanSupplier attempt =
                () ->
                        blocking(
                                session,
                                () -> session.open() ? check.call() : Optional.<T>empty(),
                                found -> {
                                    if (found.isEmpty()) {
                                        loginFailed(session, account);
                                    }
                                    then.accept(found);
                                });
        Duration delay = guesses.delay(account, session.source());
        if (delay.isZero()) {
            return attempt.getAsBoolean();
        }
        meters.loginDelayed();
        session.pause();
        later(session, delay, attempt);
        return true;
    }

    /** An account has come in over a session. */
    void loggedIn(GameSession session, String account) {
        guesses.loggedIn(account, session.source());
        thread.loggedIn(session.queue());
    }

    /** Does something of the game's for a session. What it throws is noted; the player is told. */
    void attempt(GameSession session, Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // errors too: what a game's code can run into has no end
            failed(session, e);
        }
    }

    /** Something of the game's has thrown: that is noted, and the player told. */
    void failed(GameSession session, Throwable cause) {
        log.error("{} a command has failed", session, cause);
        session.msg(FAILED);
    }

    private void loginFailed(GameSession session, String account) {
        meters.loginFailed();
        guesses.failed(account, session.source());
        failedLogins.note(session.id(), session.address(), account);
    }

    /** Begins something for a session that waits; if there is no room then, again and again. */
    private void later(GameSession session, Duration delay, BooleanSupplier attempt) {
        thread.after(
                delay,
                () -> {
                    if (session.open() && !attempt.getAsBoolean()) {
                        later(session, UNTIL_ROOM, attempt);
                    } else {
                        session.resume();
                    }
                });
    }

    private <T> Runnable outcome(GameSession session, Callable<T> work, Consumer<T> then) {
        try {
            T result = work.call();
            return () -> then.accept(result);
        } catch (Throwable e) { // the session waits for the outcome, whatever it is
            return () -> failed(session, e);
        }
    }

    private void restore(SessionSync sync) {
        GameSession session = new GameSession(this, sync);
        sessions.put(session.id(), session);
        session.begin();
        session.restore();
        attempt(session, () -> game.restored(session));
        if (!session.loggedIn()) {
            greet(session); // the question that it was being asked is gone with the old game
        }
    }

    private void end(GameSession session) {
        sessions.remove(session.id());
        facts.arrived(session.id());
        thread.close(session.queue());
        session.close();
        attempt(session, () -> game.closed(session));
    }

    private void greet(GameSession session) {
        if (session.greet()) {
            attempt(session, () -> game.greet(session));
        }
    }

    private void handle(GameSession session, CommandTuple command) {
        if (command.is(CommandTuple.TEXT)) {
            greet(session); // who types before he was greeted has waited long enough
            session.answering();
            Consumer<PlayerText> question = session.question();
            if (question != null) {
                PlayerText answer = new PlayerText(Values.text(command.argument(0)));
                attempt(session, () -> question.accept(answer));
                return;
            }
        }
        attempt(
                session,
                () -> {
                    game.input(session, command);
                    inputFuncs.handle(session, command);
                });
    }

    private void answered(GameSession session) {
        if (session.answered() && session.open() && !session.asking()) {
            attempt(session, () -> game.answered(session));
        }
    }

    private void flush() {
        if (!dirty.isEmpty()) {
            List<GameSession> now = new ArrayList<>(dirty);
            dirty.clear();
            now.forEach(GameSession::flush);
        }
    }

    private void with(long sessid, String name, Consumer<GameSession> task) {
        GameSession session = sessions.get(sessid);
        if (session != null) {
            run(session, name, () -> task.accept(session));
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
