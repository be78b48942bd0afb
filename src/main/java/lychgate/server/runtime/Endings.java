package lychgate.server.runtime;

import java.util.HashMap;
import java.util.Map;

/** What is to be run when a session ends, by keys. Belongs to the game thread. */
final class Endings {
    private final Map<Object, Runnable> byKey = new HashMap<>();

    /** Runs something at the end; what had the same key before is run now. */
    void put(Object key, Runnable ending) {
        Runnable before = byKey.put(key, ending);
        if (before != null) {
            before.run();
        }
    }

    boolean contains(Object key) {
        return byKey.containsKey(key);
    }

    /** Runs what has that key, now; whether there was something. */
    boolean run(Object key) {
        Runnable ending = byKey.remove(key);
        if (ending != null) {
            ending.run();
        }
        return ending != null;
    }

    /** The session has ended. */
    void runAll() {
        byKey.values().forEach(Runnable::run);
        byKey.clear();
    }
}
