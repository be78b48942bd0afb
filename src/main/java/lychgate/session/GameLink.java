package lychgate.session;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The portal's way to the game: in process, over AMP, or by some message bus. It carries calls of
 * {@link GameSide} to the game, and hands what the game sends to the {@link PortalSide}.
 */
public interface GameLink extends GameSide {
    /** How long the game may be away before players are told. */
    long QUIET_NANOS = Duration.ofSeconds(1).toNanos();

    /** Whether the game can be reached. */
    enum State {
        /** The game accepts commands. */
        UP,
        /** The game is restarting or has not connected yet; commands are held for it. */
        AWAY
    }

    /**
     * All services of the portal listen: if the game is to be started with the portal, it can be
     * now.
     */
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

    /** Whether the game is connected now. */
    State state();

    /** For how many nanoseconds the game has been away; 0 while it is up. */
    long awayNanos();

    /** The same for the one of several games that has been away the longest. */
    default long longestAwayNanos() {
        return awayNanos();
    }

    /** For how many nanoseconds the game of that session has been away; 0 while it is up. */
    default long awayNanos(long sessid) {
        return awayNanos();
    }

    /**
     * Restarts the game. Sessions stay connected; what their clients send meanwhile is held. Blocks
     * until the game is back.
     *
     * @param sessions asked once the game has ended: the sessions that exist then
     * @throws IOException if the restart fails: the message is one sentence for the operator
     */
    void reload(Supplier<List<SessionSync>> sessions) throws IOException;
}
