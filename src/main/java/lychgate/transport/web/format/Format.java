package lychgate.transport.web.format;

import lychgate.session.ColourDepth;
import lychgate.session.CommandTuple;
import lychgate.text.RenderStyle;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What one subprotocol makes of the game's commands, and of a client's messages. Has no state: the
 * same object serves all clients. Total: no message makes it throw.
 */
public interface Format {

    /** What a format makes of out-of-band commands. */
    enum OutOfBand {
        /** It has no place for them. */
        NONE,
        /** They are GMCP, and the rules of its package Core hold. */
        GMCP,
        /** They are sent as they are. */
        PLAIN
    }

    /**
     * A text, which stands on lines of its own.
     *
     * @param text the command as the game sent it; its first argument is markup
     */
    Message text(CommandTuple text, RenderStyle style);

    /**
     * The prompt.
     *
     * @param hidden whether what is typed behind it must not be seen
     */
    Message prompt(CommandTuple prompt, RenderStyle style, boolean hidden);

    /** An out-of-band command; null where the format has no place for it. */
    @Nullable Message command(CommandTuple command);

    /** What a message says, in order. */
    List<Received> read(Message message);

    /** The colours that its clients show: a terminal's, unless it says otherwise. */
    default ColourDepth colours() {
        return ColourDepth.XTERM256;
    }

    /** What becomes of out-of-band commands. */
    OutOfBand outOfBand();

    /**
     * The same format for a client that numbers its inputs, because it may come back; null if it
     * has no place for numbers.
     */
    default @Nullable Format numbered() {
        return null;
    }

    /** Whether it tells the client when to hide what is typed. */
    default boolean hidesInput() {
        return false;
    }
}
