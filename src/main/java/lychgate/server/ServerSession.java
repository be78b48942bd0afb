package lychgate.server;

import com.google.errorprone.annotations.CompileTimeConstant;

import lychgate.session.Claim;
import lychgate.session.ClientFacts;
import lychgate.session.Fact;
import lychgate.text.Layout;
import lychgate.text.Markup;
import lychgate.text.PlayerText;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * One player's connection as the game sees it: the same for telnet, SSH, the web, and any protocol
 * of a plugin.
 *
 * <p><b>Threads.</b> Any thread may call {@code msg} and {@code disconnect}; output from one thread
 * arrives in order. Everything else belongs to the game thread.
 */
public interface ServerSession {

    /** Its number: positive, never used twice. */
    long id();

    /** Its protocol: {@code telnet}, {@code ssh}, … */
    String transport();

    /** The client's address, without a port. */
    String address();

    /** What is known about the client, and who said so. */
    ClientFacts client();

    /** When it was opened. */
    Instant connected();

    /**
     * Who the client claimed to be when it connected, and whether the transport has proof; null if
     * it claimed nothing. Without proof, a game should ask for a password.
     */
    default @Nullable Claim claim() {
        return null;
    }

    /** Whether the session is connected and has not been told to disconnect. */
    boolean open();

    /** The account that is logged in; null if there is none. */
    @Nullable String account();

    /**
     * Whether the client has lost its connection and may come back: a browser on a phone that
     * sleeps. What it is sent meanwhile is kept for it. The game is told of it by the inputcommands
     * {@code session_away} and {@code session_back}.
     */
    default boolean away() {
        return false;
    }

    /** Whether an account is logged in. */
    default boolean loggedIn() {
        return account() != null;
    }

    /** Sends text: markup that is a compile-time constant. */
    default void msg(@CompileTimeConstant String markup) {
        msg(Message.text(Markup.of(markup)));
    }

    /** Sends text. */
    default void msg(Markup words) {
        msg(Message.text(words));
    }

    /** Sends a table or columns, laid out for this client. Called on the game thread. */
    default void msg(Layout layout) {
        msg(Message.text(layout, client()));
    }

    /** Sends any messages, in order. */
    void msg(Message... messages);

    /**
     * Sends any number of messages, as fast as the client reads them. What the player types
     * meanwhile waits until the last one is sent.
     */
    void stream(Iterator<Message> messages);

    /** Whether the client keeps up with reading; if not, output that can wait should. */
    boolean writable();

    /** Runs a task as soon as the client keeps up with reading, which may be now. */
    void whenWritable(Runnable task);

    /**
     * Asks a question: the next line that the player types is passed to {@code answer} instead of
     * to the game.
     */
    void ask(Markup prompt, Consumer<PlayerText> answer);

    /**
     * Asks for a password: the next line that the player types is not shown, and is passed to
     * {@code answer}.
     */
    void askSecret(Markup prompt, Consumer<Secret> answer);

    /**
     * Runs slow or blocking work on another thread, then passes its result to the game thread. What
     * the player types meanwhile waits. If the work throws, the player is told that the command
     * failed.
     *
     * <p>Addresses take turns, with one piece of work each at a time: an address that submits a lot
     * only delays itself.
     *
     * @return false if too much such work is waiting already: then nothing is done
     */
    <T> boolean blocking(Callable<T> work, Consumer<T> then);

    /**
     * Checks proof of identity, such as a password. Runs like {@link #blocking}; failures are
     * counted and logged, and after many failures, from an address or for an account, further
     * attempts are delayed by some seconds. Failures of others do not delay an account's owner at
     * an address from which they have logged in before.
     *
     * @param name of the account
     * @param check returns the result of a correct proof, or empty for a wrong one
     * @return false if too much such work is waiting already: then nothing is done
     */
    <T> boolean authenticate(String name, Callable<Optional<T>> check, Consumer<Optional<T>> then);

    /** Logs an account in. The game decides whether it may. */
    void login(long account, String name);

    /** Ends the session with a final message. Input that has not been handled yet is dropped. */
    void disconnect(Markup reason);

    /**
     * Moves the session to the game of another shard. It takes along who is logged in, what this
     * game stored with it, and what the player has typed and this game has not begun. Here it is
     * closed.
     *
     * @param shard one of {@link GameHost#shards}
     * @return false if it stays: there is no such game now, or its client is connected to the
     *     portal of this game itself
     */
    boolean move(String shard);

    /** Records a fact about the client that the game found out or the player chose. */
    <T> void learned(Fact<T> fact, T value, String source);

    /** A value that the game stored with the session under that key. It survives a restart. */
    @Nullable Object data(String key);

    /** Stores a value (as in a command) with the session. Null removes it. */
    void data(String key, @Nullable Object value);

    /** A variable has changed for this player: clients that watch it are notified. */
    void changed(String variable);
}
