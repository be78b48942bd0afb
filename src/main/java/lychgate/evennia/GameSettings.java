package lychgate.evennia;

import lychgate.oob.Json;
import lychgate.oob.MalformedException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings of a game, as far as a Portal reads them.
 *
 * @param values by their names in {@code settings.py}
 * @param changed names of those that are not as Evennia has them
 */
public record GameSettings(Map<String, @Nullable Object> values, Set<String> changed) {

    public GameSettings {
        values = new LinkedHashMap<>(values);
        changed = Set.copyOf(changed);
    }

    /**
     * Reads what the game's Python has printed: {@code {"values": {…}, "changed": […]}}.
     *
     * @throws MalformedException if it is not that
     */
    static GameSettings parse(String json) throws MalformedException {
        if (!(Json.readOurs(json) instanceof Map<?, ?> said)
                || !(said.get("values") instanceof Map<?, ?> named)
                || !(said.get("changed") instanceof List<?> names)) {
            throw new MalformedException("no settings");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        named.forEach((name, value) -> values.put(String.valueOf(name), value));
        return new GameSettings(values, Set.copyOf(names.stream().map(String::valueOf).toList()));
    }

    boolean isChanged(String name) {
        return changed.contains(name);
    }

    /** How a setting is shown: as JSON, cut where it is long. */
    String shown(String name) {
        String json = Json.write(values.get(name));
        return json.length() > 60 ? json.substring(0, 60) + "…" : json;
    }

    /** Whether something is switched on. */
    boolean isOn(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    /** A text; empty where it is none. */
    String text(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    /** A whole number; null where it is none. */
    @Nullable Long number(String name) {
        return switch (values.get(name)) {
            case Long n -> n;
            case Double d when Math.abs(d) < Integer.MAX_VALUE -> (long) Math.ceil(d);
            case null, default -> null;
        };
    }

    /** The items of a list; a single value is a list of one. */
    List<Object> items(String name) {
        List<Object> items = new ArrayList<>();
        switch (values.get(name)) {
            case null -> {}
            case List<?> list ->
                    list.forEach(
                            item -> {
                                if (item != null) {
                                    items.add(item);
                                }
                            });
            case Object one -> items.add(one);
        }
        return items;
    }
}
