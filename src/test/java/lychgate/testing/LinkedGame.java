package lychgate.testing;

import lychgate.session.GameLink;
import lychgate.session.PortalSide;
import lychgate.session.SessionSync;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * A link with a game behind it that says Welcome to each session that connects, and records what it
 * is told: {@code knows [1, 2]} when it comes, then {@code 1 connected}, {@code 1 says hello},
 * {@code 1 disconnected}.
 */
public interface LinkedGame extends AutoCloseable {
    GameLink link();

    /**
     * Starts the link; no game is there yet.
     *
     * @param sessions those that are there when a game comes back
     */
    void starts(PortalSide portal, Supplier<List<SessionSync>> sessions) throws IOException;

    /** A game comes, and is there when this returns. */
    void comes() throws IOException;

    /** The game goes, to be restarted, and has gone when this returns. */
    void goes();

    /** What all games have heard. */
    List<String> heard();

    void says(long sessid, String text);

    void disconnects(long sessid, String reason);

    /** Logs an account in. */
    void logsIn(long sessid, long account, String name);

    /** The name of the account that the last game knew of a session when it came. */
    @Nullable String accountKnown(long sessid);

    @Override
    void close();
}
