package lychgate.telnet.option;

import lychgate.telnet.Side;
import lychgate.telnet.Stance;

/**
 * One option of one connection. Its methods are called one at a time, so its state is in plain
 * fields.
 */
public interface TelnetOption {

    /** Its number (IANA, or that of a MUD protocol). */
    int code();

    /** Its name in the chain, in logs, in counters. Lower case. */
    String name();

    /** What is sent at the opening, and what a client may request. */
    Stance stance();

    /** It has been switched on, on that side. */
    default void enabled(Side side, OptionLink link) {}

    /** It has been switched off on that side, or refused by the client. */
    default void disabled(Side side, OptionLink link) {}

    /** The client sent a subnegotiation of this option. Called only while it is on. */
    default void received(byte[] payload, OptionLink link) {}

    /**
     * A message is on its way to the client.
     *
     * @return true if this option has sent it, or passed it on itself; false to let it continue
     */
    default boolean send(Outbound message, OptionLink link) {
        return false;
    }

    /** Whether it acts on texts. If not, texts are not passed through it. */
    default boolean heedsTexts() {
        return false;
    }

    /** Whether it does anything when a line is received. If not, lines pass it by unseen. */
    default boolean heedsLines() {
        return false;
    }

    /**
     * A message of the client is on its way to the session: a line, or what an earlier option has
     * made of one.
     *
     * @return true if this option has consumed it; false to let it continue
     */
    default boolean receive(Inbound message, OptionLink link) {
        return false;
    }

    /** Whether it still awaits an answer that belongs to the opening. */
    default boolean asking() {
        return false;
    }
}
