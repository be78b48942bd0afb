package lychgate.session;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Changed facts on their way to the game. Of one session at most one change is under way: a client
 * can change its window faster than the game listens, and only the newest size is of any use. Any
 * thread may call.
 */
public final class FactsUnderWay {
    private final Map<Long, ClientFacts> newest = new ConcurrentHashMap<>();

    /**
     * A session's facts have changed.
     *
     * @return whether the news must be sent on its way; if not, it is told with what is under way
     */
    public boolean changed(long sessid, ClientFacts facts) {
        return newest.put(sessid, facts) == null;
    }

    /** The news has arrived: the facts as they are by now; null where they were told already. */
    public @Nullable ClientFacts arrived(long sessid) {
        return newest.remove(sessid);
    }
}
