package lychgate.portal;

import lychgate.characters.KeySequences;
import lychgate.session.CommandTuple;
import lychgate.session.TerminalNames;
import lychgate.text.ControlCharacters;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes characters that could affect another user's terminal from everything that a client sends:
 * from every string in every command, over every protocol. Line ends are kept in out-of-band
 * values, where they are part of a text. Keys that a terminal could not interpret are removed from
 * a line completely.
 */
final class CleanInput {
    private CleanInput() {}

    static CommandTuple of(CommandTuple command) {
        if (command.is(CommandTuple.TEXT)
                && command.kwargs().isEmpty()
                && command.args().size() == 1
                && command.argument(0) instanceof String line) {
            String clean = ControlCharacters.removed(KeySequences.removed(line), false);
            return clean.equals(line) ? command : CommandTuple.text(clean);
        }
        String said = ControlCharacters.removed(command.name(), false);
        String name = said.isEmpty() ? "default" : said;
        boolean line = name.equalsIgnoreCase(CommandTuple.TEXT); // even with further arguments
        return new CommandTuple(name, list(command.args(), !line), table(command.kwargs(), !line));
    }

    /** Cleans the value of a fact that a client reported. */
    @SuppressWarnings("unchecked") // each case keeps its type
    static <T> T fact(T value) {
        return switch (value) {
            case String text -> (T) ControlCharacters.removed(text, false);
            case TerminalNames names ->
                    (T) names.map(name -> ControlCharacters.removed(name, false));
            default -> value;
        };
    }

    private static @Nullable Object value(@Nullable Object value, boolean keepLineEnds) {
        return switch (value) {
            case String text -> ControlCharacters.removed(text, keepLineEnds);
            case List<?> items -> list(items, keepLineEnds);
            case Map<?, ?> entries -> table(entries, keepLineEnds);
            case null, default -> value;
        };
    }

    private static List<@Nullable Object> list(List<?> items, boolean keepLineEnds) {
        List<@Nullable Object> clean = new ArrayList<>(items.size());
        items.forEach(item -> clean.add(value(item, keepLineEnds)));
        return clean;
    }

    private static Map<String, @Nullable Object> table(Map<?, ?> entries, boolean keepLineEnds) {
        Map<String, @Nullable Object> clean = LinkedHashMap.newLinkedHashMap(entries.size());
        entries.forEach(
                (key, item) ->
                        clean.put(
                                ControlCharacters.removed(String.valueOf(key), keepLineEnds),
                                value(item, keepLineEnds)));
        return clean;
    }
}
