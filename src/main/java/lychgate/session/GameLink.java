package lychgate.session;

/**
 * The portal's way to the game: in process, over AMP, or by some message bus. What it is told as
 * {@link GameSide} it carries to the game; what the game says it hands to the {@link PortalSide}.
 */
public interface GameLink extends GameSide {

    /** Whether there is a game at the other end. */
    enum State {
        /** The game takes commands. */
        UP,
        /** The game is restarting, or was never there; commands are held for it. */
        AWAY
    }

    /** Whether the game is there now. */
    State state();
}
