package lychgate.config;

import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks up keys in all sources, and records which keys were asked for. */
final class SettingsReader {
    private final Sources sources;
    private final Mistakes mistakes;
    private final TomlFile file;
    private final Set<String> keys = new LinkedHashSet<>();
    private final Set<String> sections = new LinkedHashSet<>();

    /** A value and where it was set. */
    record Found(Object value, Origin origin) {}

    SettingsReader(Sources sources, Mistakes mistakes) {
        this.sources = sources;
        this.mistakes = mistakes;
        this.file = TomlFile.read(sources.file(), mistakes);
    }

    /** The keys that have been asked for. */
    Set<String> keys() {
        return Collections.unmodifiableSet(keys);
    }

    /** A section, whose keys are then read one by one. */
    Section section(String name) {
        sections.add(name);
        return new Section(this, mistakes, name);
    }

    /** The value of a key, from the source that takes precedence; null if it is not set. */
    @Nullable Found find(String key) {
        keys.add(key);
        String override = sources.overrides().get(key);
        if (override != null) {
            return new Found(value(override), Origin.override(key));
        }
        String variable = variable(key);
        String inEnvironment = sources.environment().get(variable);
        if (inEnvironment != null) {
            return new Found(value(inEnvironment), Origin.environment(variable));
        }
        List<String> path = List.of(key.split("\\.", -1));
        Object inFile = inFile(path);
        return inFile == null ? null : new Found(inFile, at(path));
    }

    /** Where a value was set; null for a default. */
    @Nullable Origin origin(String key) {
        Found found = find(key);
        return found == null ? null : found.origin();
    }

    private @Nullable Object inFile(List<String> path) {
        TomlTable table = file.table();
        for (String section : path.subList(0, path.size() - 1)) {
            if (!(table.get(List.of(section)) instanceof TomlTable inner)) {
                return null; // a value in place of a section is reported as unknown
            }
            table = inner;
        }
        return table.get(List.of(path.getLast()));
    }

    /** The place of a key or table in the file. */
    Origin at(List<String> path) {
        return file.at(path);
    }

    /** Reports keys and sections that nobody asked for: they do not exist. */
    void reportUnknown() {
        reportUnknown(file.table(), List.of());
        for (String key : sources.overrides().keySet()) {
            if (!keys.contains(key)) {
                mistakes.add(
                        Origin.override(key),
                        key + " is not a setting" + Mistakes.didYouMean(key, keys));
            }
        }
    }

    private void reportUnknown(TomlTable table, List<String> path) {
        for (String name : table.keySet()) {
            List<String> inner = new ArrayList<>(path);
            inner.add(name);
            String key = String.join(".", inner);
            if (keys.contains(key)) {
                continue;
            }
            boolean section =
                    sections.stream().anyMatch(s -> s.equals(key) || s.startsWith(key + "."));
            Object value = table.get(List.of(name));
            if (section && value instanceof TomlTable nested) {
                reportUnknown(nested, inner);
            } else if (section) {
                mistakes.add(
                        at(inner),
                        key + " = " + shown(value) + ": must be a section, [" + key + "]");
            } else if (value instanceof TomlTable) {
                mistakes.add(
                        at(inner),
                        "[" + key + "] is not a section" + Mistakes.didYouMean(key, sections));
            } else {
                mistakes.add(at(inner), key + " is not a setting" + Mistakes.didYouMean(key, keys));
            }
        }
    }

    /**
     * A value that is not valid TOML is taken as a string: {@code --set portal.name=Elm} needs no
     * quotes.
     */
    private static Object value(String text) {
        TomlParseResult parsed = Toml.parse("x = " + text);
        Object value = parsed.hasErrors() ? null : parsed.get("x");
        return value == null ? text : value;
    }

    private static String variable(String key) {
        return "LYCHGATE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** How a value is shown in a mistake. */
    static String shown(@Nullable Object value) {
        return switch (value) {
            case String text -> '"' + text + '"';
            case TomlArray list ->
                    list.toList().stream()
                            .map(SettingsReader::shown)
                            .collect(Collectors.joining(", ", "[", "]"));
            case TomlTable _ -> "{…}";
            case null, default -> String.valueOf(value);
        };
    }
}
