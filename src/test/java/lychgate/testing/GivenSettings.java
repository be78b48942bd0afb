package lychgate.testing;

import lychgate.plugin.Settings;

import java.util.List;
import java.util.Map;

/**
 * The configuration of a plugin, of which a test gives some values; the others are the defaults.
 *
 * @param values by key: {@code Boolean}, {@code Integer}, {@code String}, or a list of texts; what
 *     the test changes later is seen when it is read
 */
public record GivenSettings(Map<String, ?> values) implements Settings {
    @Override
    public boolean flag(String key, boolean otherwise) {
        return values.get(key) instanceof Boolean value ? value : otherwise;
    }

    @Override
    public int number(String key, int otherwise, int least, int most) {
        return port(key, otherwise);
    }

    @Override
    public int port(String key, int otherwise) {
        return values.get(key) instanceof Integer value ? value : otherwise;
    }

    @Override
    public String text(String key, String otherwise) {
        return values.get(key) instanceof String value ? value : otherwise;
    }

    @Override
    public String choice(String key, String otherwise, List<String> choices) {
        return text(key, otherwise);
    }

    @Override
    public List<String> texts(String key, List<String> otherwise) {
        return values.get(key) instanceof List<?> value
                ? value.stream().map(String::valueOf).toList()
                : otherwise;
    }
}
