package lychgate.transport;

import lychgate.session.ClientFacts;
import lychgate.text.RenderStyle;

import java.nio.charset.Charset;
import java.util.List;

/**
 * How one client's lines come in, and how text gets onto its screen around them. A client that
 * shows and edits what is typed sends whole lines (telnet's {@code LineTyping}); for one that
 * leaves this to us, {@link TerminalTyping} does it. On the mailbox.
 */
public interface Typing {

    /** Takes what the client sends. */
    void received(byte[] bytes);

    /** Shows a text on lines of its own. */
    void show(String markup, RenderStyle style);

    /**
     * Shows what stands before the player's input.
     *
     * @param awaited whether nothing was entered that it does not answer yet
     */
    void prompt(String markup, RenderStyle style, boolean awaited);

    /** Says something that is no markup, and that the game does not know of. */
    void showPlain(String words);

    /** Whether what is typed next is hidden. */
    void hide(boolean now);

    /** What is known of the client, and the character set in which it reads and writes. */
    void apply(ClientFacts facts, Charset charset);

    /** Takes back the last character typed (telnet EC). */
    void eraseCharacter();

    /** Takes back the line typed so far (telnet EL). */
    void eraseLine();

    /** Drops what is being done (telnet IP): the line. */
    default void interrupt() {}

    /** An account has been logged in: what is typed from here on may be called back. */
    default void loggedIn() {}

    /** Words to which the first word of a line can be completed; whether that is done here. */
    default boolean offerCompletions(List<String> words) {
        return false;
    }

    /** The client sends no more: what was typed without an end is a line. */
    default void inputEnded() {}

    /** Whether a line has been begun. */
    boolean hasUnfinishedLine();

    /** Leaves the screen so that something else can go on there. */
    void end();
}
