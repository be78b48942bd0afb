package lychgate.server.runtime;

import lychgate.server.GameHost;
import lychgate.server.InputFunc;
import lychgate.server.ServerSession;
import lychgate.session.Login;
import lychgate.session.PortalSide;
import lychgate.session.Values;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The runtime's services for the game. */
final class RuntimeHost implements GameHost {
    private static final Logger log = LoggerFactory.getLogger(RuntimeHost.class);

    private final About about;
    private final GameThread thread;
    private final Workers workers;
    private final Collection<GameSession> sessions;
    private final InputFuncs inputFuncs;
    private final Variables variables;
    private final Repeats repeats;
    private final Supplier<PortalSide> portal;
    private final List<Supplier<@Nullable String>> watched = new CopyOnWriteArrayList<>();

    /**
     * Where the game runs.
     *
     * @param gameName from {@code portal.name}
     * @param version of Lychgate
     * @param started when the portal was
     */
    record About(String gameName, String version, Instant started) {}

    /**
     * @param sessions a live view of all sessions
     * @param portal asked once the game has been started
     */
    RuntimeHost(
            About about,
            GameThread thread,
            Workers workers,
            Collection<GameSession> sessions,
            InputFuncs inputFuncs,
            Variables variables,
            Repeats repeats,
            Supplier<PortalSide> portal) {
        this.about = about;
        this.thread = thread;
        this.workers = workers;
        this.sessions = sessions;
        this.inputFuncs = inputFuncs;
        this.variables = variables;
        this.repeats = repeats;
        this.portal = portal;
    }

    /** The problems that the game reports, each in a few words. Any thread may ask. */
    List<String> troubles() {
        return watched.stream()
                .<@Nullable String>map(Supplier::get)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
    }

    @Override
    public String gameName() {
        return about.gameName;
    }

    @Override
    public String version() {
        return about.version;
    }

    @Override
    public Instant started() {
        return about.started;
    }

    @Override
    public Set<String> shards() {
        return portal.get().shards();
    }

    @Override
    public List<ServerSession> sessions() {
        return sessions.stream()
                .filter(session -> session.open() && !session.isOutbound())
                .<ServerSession>map(s -> s)
                .toList();
    }

    @Override
    public void connectOutwards(
            String name, String kind, Map<String, ? extends @Nullable Object> config) {
        portal.get().connectOutwards(kind, Login.ofGame(name), Values.table(config));
    }

    @Override
    public @Nullable ServerSession outbound(String name) {
        return sessions.stream()
                .filter(session -> session.isOutbound() && session.open())
                .filter(session -> name.equals(session.account()))
                .findFirst()
                .orElse(null);
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
                    } catch (Throwable e) { // game code may throw anything
                        log.error("background work of the game failed", e);
                    }
                });
    }
}
