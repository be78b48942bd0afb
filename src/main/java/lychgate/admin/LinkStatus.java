package lychgate.admin;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How the game can be reached, and what waits for it.
 *
 * @param up whether it is there
 * @param away for how long it has not been; zero while it is
 * @param heldCommands that are kept for it while it is away, of all sessions
 * @param heldBytes that these have
 * @param refusedInput how often, since the start, a session has sent more than is kept, and was not
 *     read any further
 */
public record LinkStatus(
        boolean up, Duration away, long heldCommands, long heldBytes, long refusedInput) {
    /** As scripts read it. */
    void json(Map<String, Object> json) {
        json.put("link", up ? "up" : "away");
        json.put("away_seconds", away.toSeconds());
        json.put("held_commands", heldCommands);
        json.put("held_bytes", heldBytes);
        json.put("refused_input", refusedInput);
    }

    /** Why the portal is not ready, as far as it is the link's doing: empty while it is up. */
    public List<String> unready() {
        return up ? List.of() : List.of("the game is " + text());
    }

    /** As people read it. */
    String text() {
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
