package lychgate.server.runtime;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The sessions that have something for the portal when a turn ends, and what that costs. Belongs to
 * the game thread.
 */
final class TurnOutput {
    /** About what a message costs that is flushed, in nanoseconds: to encode it and hand it on. */
    private static final long MESSAGE_COST = 1_000;

    /** About what each character of a text costs that nobody else is shown: to render it. */
    private static final long CHARACTER_COST = 20;

    private final Set<GameSession> sessions = new LinkedHashSet<>();
    private @Nullable String lastText;

    /** The session has something to hand over. */
    void add(GameSession session) {
        sessions.add(session);
    }

    /**
     * The session is sent a text, or a command of that name.
     *
     * @return about what it costs to flush it, in nanoseconds
     */
    long add(GameSession session, String text) {
        sessions.add(session);
        boolean shared = text.equals(lastText); // a broadcast: made once for all who see it alike
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
