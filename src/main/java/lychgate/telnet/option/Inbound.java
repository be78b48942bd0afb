package lychgate.telnet.option;

import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;

/** A message from the client, once it is no longer bytes. */
public sealed interface Inbound {

    /** A line that the player typed. */
    record Line(String text) implements Inbound {}

    /** A line that was too long and has been discarded. */
    record TooLong() implements Inbound {}

    /** The player quits with a key: Ctrl-D, if we edit the line. */
    record Quit() implements Inbound {}

    /** An out-of-band command. */
    record Oob(CommandTuple command) implements Inbound {}

    /** A fact about the client has been learned. */
    record Learned(ClientFacts.Known<?> fact) implements Inbound {}

    /** The client is alive, though nobody types. */
    record Alive() implements Inbound {}

    /** The opening is over: everything has been answered, or has timed out. */
    record Settled() implements Inbound {}
}
