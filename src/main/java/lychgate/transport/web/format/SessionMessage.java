package lychgate.transport.web.format;

import lychgate.session.CommandTuple;

import org.jspecify.annotations.Nullable;

/**
 * What a client says about its session as such, with the command {@code session}: it is for the
 * portal, never for the game.
 */
public sealed interface SessionMessage {
    /** The name of the command, both ways. */
    String NAME = "session";

    /** It wants to be able to come back: {@code {"resume":true}}. */
    record Asks() implements SessionMessage {}

    /**
     * It has shown all outputs up to a number: {@code {"ack":N}}.
     *
     * @param shown the highest of them
     */
    record Acknowledges(long shown) implements SessionMessage {}

    /**
     * It asks whether the portal is there, and which of its inputs have arrived: {@code
     * {"ping":N}}. Browsers cannot send a WebSocket's own pings.
     *
     * @param number which the answer repeats
     */
    record Pings(long number) implements SessionMessage {}

    /**
     * It has come back: {@code {"resume":TOKEN,"ack":N,"epoch":E,"cseq":M}}.
     *
     * @param token proves that the session is its own
     * @param epoch of the portal that gave the token; empty if the client does not say
     * @param shown the highest number of an output that it has shown; 0 for none
     */
    record Returns(String token, String epoch, long shown) implements SessionMessage {}

    /** Reads one; null if it makes no sense. */
    static @Nullable SessionMessage read(CommandTuple command) {
        Object resume = command.kwargs().get("resume");
        Object shown = command.kwargs().get("ack");
        if (resume == null && command.kwargs().get("ping") instanceof Long number) {
            return new Pings(number);
        }
        if (resume instanceof String token) {
            long n = shown instanceof Long number ? number : 0;
            String epoch = command.kwargs().get("epoch") instanceof String said ? said : "";
            return n >= 0 ? new Returns(token, epoch, n) : null;
        }
        if (resume instanceof Boolean wanted) {
            return wanted ? new Asks() : null;
        }
        return resume == null && shown instanceof Long n && n >= 0 ? new Acknowledges(n) : null;
    }
}
