package lychgate.transport.web.format;

import lychgate.session.CommandTuple;
import lychgate.session.Weight;

/** Something that a client said in a message. */
public sealed interface Received {
    /** The object, and references to it in a list and a queue. */
    int SELF = 16 + 2 * Weight.REFERENCE;

    /** A line that the player entered. */
    record Line(String text) implements Received {}

    /** An out-of-band command. */
    record Command(CommandTuple command) implements Received {}

    /** The size of the client's window has changed. */
    record Size(int columns, int rows) implements Received {}

    /** The client ends the session. */
    record Leaves() implements Received {}

    /** What the client says about the session as such. */
    record Session(SessionMessage message) implements Received {}

    /**
     * The number of the input that follows, up to the end of the message: by it, an input that is
     * sent again is recognized.
     */
    record Numbered(long number) implements Received {}

    /**
     * A message that breaks the format.
     *
     * @param kind for the counter
     */
    record Malformed(String kind) implements Received {}

    /** What it takes on the heap while it waits, about, in bytes: many times what came. */
    default int weight() {
        return SELF
                + switch (this) {
                    case Line(String text) -> Weight.text(text);
                    case Command(CommandTuple command) -> Weight.of(command);
                    case Session(SessionMessage.Returns(String token, String epoch, _)) ->
                            Weight.text(token) + Weight.text(epoch);
                    case Session _, Numbered _, Size _, Leaves _, Malformed _ -> 0;
                };
    }
}
