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
 * What a game may ask of whatever runs it. All of it belongs to the game thread, but {@link #run}.
 */
public interface GameHost {

    /** The game's name, from {@code portal.name}. */
    String gameName();

    /** The version of Lychgate. */
    String version();

    /** When the portal was started. */
    Instant started();

    /** All sessions that are open, login screens included. */
    List<ServerSession> sessions();

    /** Sends the same to many; each is shown it as its client can. */
    default void msg(Collection<ServerSession> to, Message... messages) {
        to.forEach(session -> session.msg(messages));
    }

    /**
     * Handles an inputcommand from now on, instead of whoever did before.
     *
     * @param name without case
     * @param description for clients that ask what there is
     */
    void inputFunc(String name, String description, InputFunc func);

    /**
     * Makes a value known to clients: they may ask for it, and be told when it changes (MSDP, and
     * the inputfuncs {@code get_value} and {@code monitor}).
     *
     * @param name without case
     * @param value for a session; null where it has none
     */
    void variable(String name, Function<ServerSession, @Nullable Object> value);

    /**
     * Has the portal watch something that an operator must mend when it fails: while there is
     * trouble, {@code /readyz} says that the portal is not ready, and why.
     *
     * @param trouble what is the matter, in a few words; null while all is well. Asked on any
     *     thread, and must not block
     */
    void watch(Supplier<@Nullable String> trouble);

    /** Makes something known that clients may have repeated (the inputfunc {@code repeat}). */
    void repeatable(String name, InputFunc func);

    /** Runs something once on the game thread, after that time. */
    Timer after(Duration delay, Runnable task);

    /** Runs something again and again on the game thread, with that time between. */
    Timer every(Duration interval, Runnable task);

    /** Runs something on the game thread. Any thread may call. */
    void run(Runnable task);

    /**
     * Does something that takes long on another thread, and then something with its result on the
     * game thread: for what belongs to no session. What throws is logged.
     *
     * @return false if too much such work is waiting already: then nothing is done
     */
    <T> boolean blocking(Callable<T> work, Consumer<T> then);

    /** Something that was to be run. */
    interface Timer {
        /** It is not run any more. */
        void cancel();
    }
}
