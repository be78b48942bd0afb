package lychgate.transport;

import lychgate.session.ClientFacts;
import lychgate.text.RenderStyle;

import java.nio.charset.Charset;
import java.util.List;

/**
 * Reads lines from one client and displays text without disturbing what is being typed. Clients
 * that echo and edit locally send whole lines (telnet's {@code LineTyping}); for those that do not,
 * {@link TerminalTyping} does both. Runs on the mailbox.
 */
public interface Typing {

    /** Processes bytes from the client. */
    void received(byte[] bytes);

    /** Shows a text on lines of its own. */
    void show(String markup, RenderStyle style);

    /**
     * Shows the prompt.
     *
     * @param awaited whether it answers the latest line, so that the cursor stays behind it
     */
    void prompt(String markup, RenderStyle style, boolean awaited);

    /** Shows plain text that does not come from the game. */
    void showPlain(String words);

    /** Hides what is typed from now on (a password), or shows it again. */
    void hide(boolean now);

    /** Applies the known facts about the client and its character set. */
    void apply(ClientFacts facts, Charset charset);

    /** Deletes the last character typed (telnet EC). */
    void eraseCharacter();

    /** Deletes the line typed so far (telnet EL). */
    void eraseLine();

    /** Discards the current line (telnet IP, Ctrl-C). */
    default void interrupt() {}

    /** An account has logged in: from now on lines are kept in the history. */
    default void loggedIn() {}

    /**
     * Sets the words that the first word of a line can be completed to. Returns false if completion
     * is not supported.
     */
    default boolean offerCompletions(List<String> words) {
        return false;
    }

    /** The client has closed its side: an unfinished line counts as entered. */
    default void inputEnded() {}

    /** Whether a line has been typed in part. */
    boolean hasUnfinishedLine();

    /** Stops typing and leaves the screen ready for other output. */
    void end();
}
