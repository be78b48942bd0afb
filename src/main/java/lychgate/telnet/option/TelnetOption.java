package lychgate.telnet.option;

import lychgate.telnet.Side;
import lychgate.telnet.Stance;

/**
 * One option of one connection. Its methods are called one after the other; it keeps what it must
 * know in plain fields.
 */
public interface TelnetOption {

    /** Its number (IANA, or the MUD world's own). */
    int code();

    /** Its name: of its link in the chain, in logs, in counters. Lower case. */
    String name();

    /** What we want of it. */
    Stance stance();

    /** It has been agreed on, on that side. */
    default void enabled(Side side, OptionLink link) {}

    /** It is over on that side, or the client has refused it. */
    default void disabled(Side side, OptionLink link) {}

    /** The client said something for it: its own subnegotiation, and only while it is on. */
    default void received(byte[] payload, OptionLink link) {}

    /**
     * Something is on its way to the client.
     *
     * @return true if this option has put it on the wire, or passed it on itself; false to let it
     *     go on
     */
    default boolean send(Outbound message, OptionLink link) {
        return false;
    }

    /** Whether it does anything when a text is sent. If not, texts pass it by unseen. */
    default boolean heedsTexts() {
        return false;
    }

    /** Whether it does anything when a line is received. If not, lines pass it by unseen. */
    default boolean heedsLines() {
        return false;
    }

    /**
     * Something that the client said is on its way to the session: a line, or what an option before
     * this one has made of it.
     *
     * @return true if this option has taken it; false to let it go on
     */
    default boolean receive(Inbound message, OptionLink link) {
        return false;
    }

    /** Whether it still awaits something that belongs to the opening. */
    default boolean asking() {
        return false;
    }
}
