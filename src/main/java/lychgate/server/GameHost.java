package lychgate.server;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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

    /** A scheduled task. */
    interface Timer {
        /** Cancels the task. */
        void cancel();
    }
}
