package lychgate.session;

import java.util.List;

/**
 * The portal's way to the game: in process, over AMP, or by some message bus. What it is told as
 * {@link GameSide} it carries to the game; what the game says it hands to a {@link PortalSide}.
 */
public interface GameLink extends GameSide {

    /** Whether there is a game at the other end. */
    enum State {
        /** The game takes commands. */
        UP,
        /** The game is restarting, or was never there; commands are held for it. */
        AWAY
    }

    /**
     * Begins to carry.
     *
     * @param sessions those that are there already, for a game that comes back to them
     */
    void start(PortalSide portal, List<SessionSync> sessions);

    /** Whether the game is there now. */
    State state();

    /**
     * Ends the game, if this link runs it, and carries no more. Blocks until the game has ended.
     */
    void stop();
}
