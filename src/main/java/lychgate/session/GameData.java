package lychgate.session;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the game stores with a session. Immutable.
 *
 * @param serverData the game's own data, within the closed set of {@link Values}
 * @param others attributes that have no meaning here; a link hands them back as they came
 */
public record GameData(
        Map<String, @Nullable Object> serverData, Map<String, @Nullable Object> others) {
    /** Nothing. */
    public static final GameData NONE = new GameData(Map.of(), Map.of());

    public GameData {
        serverData = Values.table(serverData);
        others = copy(others);
    }

    /** An unmodifiable copy, whatever the values are. */
    static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> attributes) {
        return attributes.isEmpty()
                ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
}
