package lychgate.session;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Changed facts on their way to the game. At most one change per session is in transit: a client
 * can resize its window faster than the game processes the news, and only the latest size is
 * useful. Any thread may call.
 */
public final class FactsUnderWay {
    private final Map<Long, ClientFacts> newest = new ConcurrentHashMap<>();

    /**
     * A session's facts have changed.
     *
     * @return whether a notification must be sent; if not, the one in transit will deliver these
     *     facts
     */
    public boolean changed(long sessid, ClientFacts facts) {
        return newest.put(sessid, facts) == null;
    }

    /**
     * The notification has arrived: the latest facts, or null if they have been delivered already.
     */
    public @Nullable ClientFacts arrived(long sessid) {
        return newest.remove(sessid);
    }
}
