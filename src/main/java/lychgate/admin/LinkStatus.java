package lychgate.admin;

import lychgate.oob.MalformedException;

import java.time.Duration;
import java.util.List;

/**
 * The state of the link to the game, and what waits for it.
 *
 * @param up whether the game is connected
 * @param away how long it has been away; zero while it is connected
 * @param heldCommands commands of all sessions held while the game is away
 * @param heldBytes the size of these commands
 * @param refusedInput how often, since the start, a session reached its bound of held input and was
 *     no longer read
 */
public record LinkStatus(
        boolean up, Duration away, long heldCommands, long heldBytes, long refusedInput) {
    /** Reads it from a portal's {@link Status#script}, as JSON. */
    static LinkStatus read(Fields status) throws MalformedException {
        return new LinkStatus(
                status.text("link").equals("up"),
                Duration.ofSeconds(status.number("away_seconds")),
                status.number("held_commands"),
                status.number("held_bytes"),
                status.number("refused_input"));
    }

    /** Why the link makes the portal not ready; empty while it is up. */
    public List<String> unready() {
        return up ? List.of() : List.of("the game is " + text());
    }

    /** For people. */
    public String text() {
        return up
                ? "up"
                : "away for "
                        + Durations.text(away)
                        + ", held: "
                        + heldCommands
                        + (heldCommands == 1 ? " command, " : " commands, ")
                        + heldBytes
                        + " bytes, refused: "
                        + refusedInput;
    }
}
