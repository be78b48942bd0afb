package lychgate.server;

import com.google.errorprone.annotations.CompileTimeConstant;

import lychgate.session.Claim;
import lychgate.session.ClientFacts;
import lychgate.session.Fact;
import lychgate.text.Markup;
import lychgate.text.PlayerText;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * One player's connection, seen from the game: the same for telnet, SSH, the web, and any protocol
 * that a plugin brings.
 *
 * <p><b>Threads.</b> {@code msg} and {@code disconnect} may be called by any thread; what one
 * thread sends arrives in its order. Everything else belongs to the game thread.
 */
public interface ServerSession {

    /** Its number: positive, never used twice. */
    long id();

    /** What it speaks: {@code telnet}, {@code ssh}, … */
    String transport();

    /** Where the client is, without a port. */
    String address();

    /** What is known of the client, and who said so. */
    ClientFacts client();

    /** When it was opened. */
    Instant connected();

    /**
     * Who the client said it is when it came, and whether the transport has proof of it; null where
     * it said nothing. A game logs in whom it knows; who has no proof is asked for his password.
     */
    default @Nullable Claim claim() {
        return null;
    }

    /** Whether the connection is still there, and has not been told to end. */
    boolean open();

    /** The account that is logged in; null before. */
    @Nullable String account();

    /** Whether an account is logged in. */
    default boolean loggedIn() {
        return account() != null;
    }

    /** Sends words: markup that is a constant of the program. */
    default void msg(@CompileTimeConstant String markup) {
        msg(Message.text(Markup.of(markup)));
    }

    /** Sends words. */
    default void msg(Markup words) {
        msg(Message.text(words));
    }

    /** Sends any commands, in their order. */
    void msg(Message... messages);

    /**
     * Sends one message after the other as fast as the client reads them, however many there are.
     * What the player types meanwhile waits until the last is sent.
     */
    void stream(Iterator<Message> messages);

    /** Whether the client keeps up with reading; if not, what is not needed should wait. */
    boolean writable();

    /** Runs something as soon as the client keeps up with reading, which may be now. */
    void whenWritable(Runnable task);

    /** Asks a question: the next line that the player types goes there instead of to the game. */
    void ask(Markup prompt, Consumer<PlayerText> answer);

    /** Asks for a password: what the player types next is not shown, and goes there. */
    void askSecret(Markup prompt, Consumer<Secret> answer);

    /**
     * Does something that takes long on another thread, and then something with its result on the
     * game thread. What the player types meanwhile waits. If the work throws, the player is told
     * that the command failed.
     *
     * <p>All addresses have their turns, one piece of work of each at a time: who gives much to do
     * waits for themselves.
     *
     * @return false if too much such work is waiting already: then nothing is done
     */
    <T> boolean blocking(Callable<T> work, Consumer<T> then);

    /**
     * Finds out whether somebody is who they say they are: for whatever tests a password. It is
     * done as {@link #blocking} does it; what fails is counted and logged, and where many have
     * failed, from an address or for an account, it is done some seconds later. Whoever has logged
     * in to the account from that address before is not slowed by what others did.
     *
     * @param name of the account
     * @param check gives what the right proof gives, nothing for a wrong one
     * @return false if too much such work is waiting already: then nothing is done
     */
    <T> boolean authenticate(String name, Callable<Optional<T>> check, Consumer<Optional<T>> then);

    /** Logs an account in. Whether it may be is the game's to know. */
    void login(long account, String name);

    /** Ends the session, with a last word. What was typed and not read yet is not read any more. */
    void disconnect(Markup reason);

    /** Notes something about the client that the game came to know, or the player chose. */
    <T> void learned(Fact<T> fact, T value, String source);

    /** What the game keeps with the session under that key. It is there again after a restart. */
    @Nullable Object data(String key);

    /** Keeps something with the session: a value of a command. Null takes it away. */
    void data(String key, @Nullable Object value);

    /** A variable of that name has changed for this player: whoever watches it is told. */
    void changed(String variable);
}
