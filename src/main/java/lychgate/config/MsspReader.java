package lychgate.config;

import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads {@code mssp.toml}: MSSP fields in addition to those that the portal fills in. A key is the
 * name of a field, in any case; its value is a text, a whole number, a boolean, or a list of these.
 */
final class MsspReader {
    private MsspReader() {}

    /** The fields in the order of the file, names in capitals; none if there is no file. */
    static Map<String, List<String>> read(Path file, Mistakes mistakes) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        TomlFile toml = TomlFile.read(file, mistakes);
        for (String key : toml.table().keySet()) {
            List<String> values = values(toml.table().get(List.of(key)));
            if (values == null || key.chars().anyMatch(Character::isISOControl)) {
                mistakes.add(
                        toml.at(List.of(key)),
                        key
                                + " = "
                                + SettingsReader.shown(toml.table().get(List.of(key)))
                                + ": must be a text of one line, a whole number, true or false,"
                                + " or a list of these");
            } else {
                fields.put(key.toUpperCase(Locale.ROOT), values);
            }
        }
        return fields;
    }

    private static @Nullable List<String> values(@Nullable Object value) {
        if (!(value instanceof TomlArray array)) {
            String one = value(value);
            return one == null ? null : List.of(one);
        }
        List<String> values = new ArrayList<>();
        for (Object each : array.toList()) {
            String one = value(each);
            if (one == null) {
                return null;
            }
            values.add(one);
        }
        return List.copyOf(values);
    }

    private static @Nullable String value(@Nullable Object value) {
        return switch (value) {
            case String text when text.chars().noneMatch(Character::isISOControl) -> text;
            case Long number -> Long.toString(number);
            case Boolean flag -> flag ? "1" : "0";
            case null, default -> null;
        };
    }
}
