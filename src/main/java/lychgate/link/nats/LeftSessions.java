package lychgate.link.nats;

import lychgate.address.Source;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Sessions whose clients are gone and whose last commands wait for the game: bounded by where they
 * came from, since a client can come, type and go while the game is away. Any thread may call.
 */
final class LeftSessions {
    /** As many as a game in process keeps. */
    static final int MAX_FROM_ONE_SOURCE = 32;

    private final Map<Source, Set<Long>> waiting = new HashMap<>();

    /** Whether a session may wait for the game. */
    synchronized boolean mayWait(ShardSession session) {
        Set<Long> others = waiting.computeIfAbsent(source(session), _ -> new HashSet<>());
        if (!others.contains(session.id()) && others.size() >= MAX_FROM_ONE_SOURCE) {
            return false;
        }
        others.add(session.id());
        return true;
    }

    /** It waits no longer. */
    synchronized void gone(ShardSession session) {
        Set<Long> others = waiting.get(source(session));
        if (others != null && others.remove(session.id()) && others.isEmpty()) {
            waiting.remove(source(session));
        }
    }

    private static Source source(ShardSession session) {
        return Source.of(session.sync().origin().address());
    }
}
