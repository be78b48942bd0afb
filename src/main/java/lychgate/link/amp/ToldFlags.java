package lychgate.link.amp;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the game has been told of a client's flags. It says all of them whenever it says one, and
 * those that it has not changed may be older than what is known here by now.
 */
final class ToldFlags {
    private Map<String, @Nullable Object> told = new HashMap<>();
    private Map<String, @Nullable Object> underWay = Map.of(); // the game may not know them yet

    /** The game knows these, and no others. */
    void told(Map<String, @Nullable Object> flags) {
        told = flags;
        underWay = Map.of();
    }

    /** The game is being told these. */
    void telling(Map<String, @Nullable Object> flags) {
        underWay = flags;
    }

    /** The game has taken note of what it was being told. */
    void noted() {
        told.putAll(underWay);
        underWay = Map.of();
    }

    /** Those of the flags that the game has changed, if these are all that it says. */
    Map<String, @Nullable Object> changes(Map<?, ?> said) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>();
        said.forEach(
                (key, value) -> {
                    if (key instanceof String name) {
                        if (!isIn(told, name, value) && !isIn(underWay, name, value)) {
                            changed.put(name, value);
                        }
                        told.put(name, value);
                    }
                });
        return changed;
    }

    private static boolean isIn(
            Map<String, @Nullable Object> flags, String name, @Nullable Object value) {
        return flags.containsKey(name) && Objects.equals(flags.get(name), value);
    }
}
