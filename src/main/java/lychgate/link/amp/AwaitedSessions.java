package lychgate.link.amp;

import lychgate.session.Meters;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.IntSupplier;

/**
 * Keeps what a game that outlived the portal before this one has for sessions that are still on
 * their way back: those of other portals, which come when these have found this one. Until then
 * they are not here, but to the game they never were away.
 *
 * <pre>
 *              the session comes: it is told, in order
 *     AWAITED ─────────────────────────────────────────► HERE
 *        │
 *        └─────────────────────────────────────────────► GONE
 *              the game is told to forget it: dropped
 * </pre>
 *
 * <p>Belongs to the loop's thread.
 */
final class AwaitedSessions {
    /** What is kept for all of them, in bytes on the heap; more is dropped, and counted. */
    static final long MAX_BYTES = 16L * 1024 * 1024;

    private final Map<Long, Queue<Kept>> awaited = new HashMap<>();
    private final Meters meters;
    private long bytes;

    private record Kept(int weight, Runnable telling) {}

    /**
     * @param ids of those that may come back
     */
    AwaitedSessions(Collection<Long> ids, Meters meters) {
        ids.forEach(id -> awaited.put(id, new ArrayDeque<>()));
        this.meters = meters;
    }

    /** The numbers of those that have not come yet. */
    List<Long> ids() {
        return List.copyOf(awaited.keySet());
    }

    /**
     * The game tells something of a session: now, or when it has come.
     *
     * @param weight of what it tells, in bytes on the heap; asked if that is kept
     */
    void tell(long id, IntSupplier weight, Runnable telling) {
        Queue<Kept> kept = awaited.get(id);
        if (kept == null) {
            telling.run();
            return;
        }
        int weighs = weight.getAsInt();
        if (bytes + weighs > MAX_BYTES) {
            meters.refused("amp_awaited");
        } else {
            bytes += weighs;
            kept.add(new Kept(weighs, telling));
        }
    }

    /** The session is here. */
    void came(long id) {
        leave(id).forEach(kept -> kept.telling.run());
    }

    /** The session does not come any more. */
    void gone(long id) {
        leave(id);
    }

    private Collection<Kept> leave(long id) {
        Queue<Kept> kept = awaited.remove(id);
        if (kept == null) {
            return List.of();
        }
        kept.forEach(each -> bytes -= each.weight);
        return kept;
    }
}
