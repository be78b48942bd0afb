package lychgate.server;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a game may ask of the runtime. Everything except {@link #run} belongs to the game thread.
 */
public interface GameHost {

    /** The name of the game, from {@code portal.name}. */
    String gameName();

    /** The version of Lychgate. */
    String version();

    /** When the portal was started. */
    Instant started();

    /** All sessions that are open, login screens included. */
    List<ServerSession> sessions();

    /** Sends the same messages to many sessions; each renders them for its own client. */
    default void msg(Collection<ServerSession> to, Message... messages) {
        to.forEach(session -> session.msg(messages));
    }

    /**
     * Registers the handler of an inputcommand, replacing any earlier one.
     *
     * @param name matched without regard to case
     * @param description for clients that ask for the list
     */
    void inputFunc(String name, String description, InputFunc func);

    /**
     * Publishes a value: clients may query it and be notified when it changes (MSDP, and the
     * inputfuncs {@code get_value} and {@code monitor}).
     *
     * @param name matched without regard to case
     * @param value computes it for a session; null if it has none
     */
    void variable(String name, Function<ServerSession, @Nullable Object> value);

    /**
     * Reports problems that need an operator: while there is one, {@code /readyz} says that the
     * portal is not ready, and why.
     *
     * @param trouble describes the problem in a few words; null if there is none. Called on any
     *     thread; must not block
     */
    void watch(Supplier<@Nullable String> trouble);

    /** Registers something that clients may have repeated (the inputfunc {@code repeat}). */
    void repeatable(String name, InputFunc func);

    /** Runs a task once on the game thread, after that time. */
    Timer after(Duration delay, Runnable task);

    /** Runs a task periodically on the game thread. */
    Timer every(Duration interval, Runnable task);

    /** Runs a task on the game thread. Any thread may call. */
    void run(Runnable task);

    /**
     * Runs slow or blocking work on another thread, then passes its result to the game thread: for
     * work that belongs to no session. Exceptions are logged.
     *
     * @return false if too much such work is waiting already: then nothing is done
     */
    <T> boolean blocking(Callable<T> work, Consumer<T> then);

    /**
     * The other shards of the realm whose games answer now: where {@link ServerSession#move} leads.
     * Empty without NATS.
     */
    Set<String> shards();

    /**
     * Asks for a session that connects to somewhere else, such as a bot on IRC, which a plugin of
     * the portal offers. It is no player: {@link Game}'s methods are not called for it, and {@link
     * #sessions} does not list it. What it hears arrives at the inputfunc {@code bot_data_in}; what
     * it is to do, it is sent, by {@link #outbound}. It survives a restart of the game: asking for
     * the same again changes nothing.
     *
     * @param name by which the game knows it; one that asks for another kind or configuration under
     *     the same name replaces it
     * @param kind as the plugin calls it: {@code irc}
     * @param config for the plugin, values as in a command
     */
    void connectOutwards(String name, String kind, Map<String, ? extends @Nullable Object> config);

    /**
     * The session that was asked for by that name; null if there is none: it is about to come, has
     * been ended, or no plugin offers it.
     */
    @Nullable ServerSession outbound(String name);

    /** A scheduled task. */
    interface Timer {
        /** Cancels the task. */
        void cancel();
    }
}
