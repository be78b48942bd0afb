package lychgate.session;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

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

    /** The portal's services all listen: a game that is to be started with it can be, now. */
    default void ready() {}

    /**
     * Whether the game runs in this process: it ends with the portal, and {@link #busyNanos} is
     * about the game's own thread. Otherwise the game outlives a portal that ends, and {@link
     * #busyNanos} is about the thread of the link.
     */
    boolean isInProcess();

    /** The ports on which the link listens, by the name of the service. */
    default Map<String, Integer> ports() {
        return Map.of();
    }

    /** Whether the game is there now. */
    State state();

    /** For how many nanoseconds it has not been there; 0 while it is. */
    long awayNanos();

    /**
     * Restarts the game. The sessions stay; what their clients send meanwhile waits for it. Blocks
     * until the game is back.
     *
     * @param sessions asked when the game has ended: those that are there then
     * @throws IOException if it cannot: the message is one sentence for the operator
     */
    void reload(Supplier<List<SessionSync>> sessions) throws IOException;
}
