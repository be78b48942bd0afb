package lychgate.portal;

import lychgate.session.CommandTuple;
import lychgate.text.ControlCharacters;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes out of what a client sent whatever could act on another's terminal, before anyone else sees
 * it: in every string, of every command, over every protocol. A line's end stays in out-of-band
 * values, where it is part of a text.
 */
final class CleanInput {
    private CleanInput() {}

    static CommandTuple of(CommandTuple command) {
        if (command.is(CommandTuple.TEXT)
                && command.kwargs().isEmpty()
                && command.args().size() == 1
                && command.argument(0) instanceof String line) {
            String clean = ControlCharacters.removed(line, false);
            return clean.equals(line) ? command : CommandTuple.text(clean);
        }
        String name = ControlCharacters.removed(command.name(), false);
        return new CommandTuple(
                name.isEmpty() ? "default" : name, list(command.args()), table(command.kwargs()));
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case String text -> ControlCharacters.removed(text, true);
            case List<?> items -> list(items);
            case Map<?, ?> entries -> table(entries);
            case null, default -> value;
        };
    }

    private static List<@Nullable Object> list(List<?> items) {
        List<@Nullable Object> clean = new ArrayList<>(items.size());
        items.forEach(item -> clean.add(value(item)));
        return clean;
    }

    private static Map<String, @Nullable Object> table(Map<?, ?> entries) {
        Map<String, @Nullable Object> clean = LinkedHashMap.newLinkedHashMap(entries.size());
        entries.forEach(
                (key, item) ->
                        clean.put(
                                ControlCharacters.removed(String.valueOf(key), true), value(item)));
        return clean;
    }
}
