package lychgate.telnet.option;

import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;

/** What has come from the client, after it was bytes. */
public sealed interface Inbound {

    /** A line that the player typed. */
    record Line(String text) implements Inbound {}

    /** A line that was too long and is gone. */
    record TooLong() implements Inbound {}

    /** The player is done, and says so by a key: Ctrl-D where we edit the line. */
    record Leaves() implements Inbound {}

    /** An out-of-band command. */
    record Oob(CommandTuple command) implements Inbound {}

    /** Something has become known of the client. */
    record Learned(ClientFacts.Known<?> fact) implements Inbound {}

    /** The client is still there, though nobody types. */
    record Alive() implements Inbound {}

    /** The opening is over: what was asked has been answered, or time is up. */
    record Settled() implements Inbound {}
}
