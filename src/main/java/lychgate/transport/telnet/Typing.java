package lychgate.transport.telnet;

import lychgate.session.ClientFacts;
import lychgate.text.RenderStyle;

import java.nio.charset.Charset;
import java.util.List;

/**
 * How one client's lines come in, and how words get onto its screen: {@link LineTyping} where the
 * client shows and edits what is typed, {@link EditedTyping} where it leaves that to us. Runs on
 * the mailbox.
 */
sealed interface Typing permits LineTyping, EditedTyping {

    /** The two ends between which it stands. */
    interface Ends {
        /** Sends bytes to the client. */
        void send(byte[] bytes);

        /** A line was entered. */
        void entered(String line);

        /** A line was entered that had been longer than it may be; it is gone. */
        void enteredTooMuch();

        /** The player is done, and says so by a key. */
        void leaves();
    }

    /** Takes what the client sends. */
    void typed(byte[] bytes);

    /** Shows a text on lines of its own. */
    void show(String markup, RenderStyle style);

    /**
     * Shows what stands before the player's input.
     *
     * @param awaited whether nothing was entered that it does not answer yet
     */
    void prompt(String markup, RenderStyle style, boolean awaited);

    /** Says something that is no markup, and that the game does not know of. */
    void say(String words);

    /** Whether what is typed next is hidden. */
    void hidden(boolean now);

    /** What is known of the client, and the character set in which it reads and writes. */
    void adopt(ClientFacts facts, Charset charset);

    /** Takes back the last character typed (telnet EC). */
    void eraseCharacter();

    /** Takes back the line typed so far (telnet EL). */
    void eraseLine();

    /** Drops what is being done (telnet IP): the line. */
    default void interrupt() {}

    /** An account has been logged in: what is typed from here on may be called back. */
    default void loggedIn() {}

    /** Words to which the first word of a line can be completed; whether that is done here. */
    default boolean completes(List<String> words) {
        return false;
    }

    /** Whether a line has been begun. */
    boolean begun();

    /** Leaves the screen so that something else can go on there. */
    void end();
}
