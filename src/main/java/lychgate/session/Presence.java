package lychgate.session;

import java.time.Duration;

/**
 * Whether a client is connected to its session. What the game is told of it are inputcommands of
 * the portal's own: no client may send them.
 */
public final class Presence {
    private static final String AWAY = "session_away";
    private static final String BACK = "session_back";

    private Presence() {}

    /** The client has lost its connection, and may come back. */
    public static CommandTuple away() {
        return CommandTuple.of(AWAY);
    }

    /**
     * The client is back.
     *
     * @param absence how long it was away, told in whole {@code seconds}
     */
    public static CommandTuple back(Duration absence) {
        return CommandTuple.of(BACK).kwarg("seconds", absence.toSeconds());
    }

    /** Whether a command says that a client is away. */
    public static boolean isAway(CommandTuple command) {
        return command.is(AWAY);
    }

    /** Whether a command is one of these. */
    public static boolean isTold(CommandTuple command) {
        return command.is(AWAY) || command.is(BACK);
    }
}
