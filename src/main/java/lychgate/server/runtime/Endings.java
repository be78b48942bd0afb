package lychgate.server.runtime;

import java.util.HashMap;
import java.util.Map;

/** Tasks to run when a session ends, by key. Belongs to the game thread. */
final class Endings {
    private final Map<Object, Runnable> byKey = new HashMap<>();

    /** Registers a task; an earlier one with the same key runs now. */
    void put(Object key, Runnable ending) {
        Runnable before = byKey.put(key, ending);
        if (before != null) {
            before.run();
        }
    }

    boolean contains(Object key) {
        return byKey.containsKey(key);
    }

    /** Runs and removes the task with that key; false if there is none. */
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
