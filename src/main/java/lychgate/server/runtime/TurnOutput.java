package lychgate.server.runtime;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The sessions with output to flush when a turn ends, and the cost of it. Belongs to the game
 * thread.
 */
final class TurnOutput {
    /** Approximate cost of flushing a message, in nanoseconds: encoding and passing it on. */
    private static final long MESSAGE_COST = 1_000;

    /** Approximate cost per character, in nanoseconds, of rendering a text for one recipient. */
    private static final long CHARACTER_COST = 20;

    private final Set<GameSession> sessions = new LinkedHashSet<>();
    private @Nullable String lastText;

    /** The session has output to flush. */
    void add(GameSession session) {
        sessions.add(session);
    }

    /**
     * A text, or a command of that name, has been sent to the session.
     *
     * @return the approximate cost of flushing it, in nanoseconds
     */
    long add(GameSession session, String text) {
        sessions.add(session);
        boolean shared = text.equals(lastText); // a broadcast: rendered once for all clients alike
        lastText = text;
        return shared ? MESSAGE_COST : MESSAGE_COST + CHARACTER_COST * text.length();
    }

    void flush() {
        if (!sessions.isEmpty()) {
            List<GameSession> now = new ArrayList<>(sessions);
            sessions.clear();
            now.forEach(GameSession::flush);
        }
    }
}
