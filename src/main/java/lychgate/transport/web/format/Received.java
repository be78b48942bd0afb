package lychgate.transport.web.format;

import lychgate.session.CommandTuple;

/** Something that a client said in a message. */
public sealed interface Received {

    /** A line that the player entered. */
    record Line(String text) implements Received {}

    /** An out-of-band command. */
    record Command(CommandTuple command) implements Received {}

    /** The size of the client's window has changed. */
    record Size(int columns, int rows) implements Received {}

    /** The client ends the session. */
    record Leaves() implements Received {}

    /**
     * A message that breaks the format.
     *
     * @param kind for the counter
     */
    record Malformed(String kind) implements Received {}
}
