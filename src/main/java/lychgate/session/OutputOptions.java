package lychgate.session;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the game has said about how one message is to be shown: some options on, some off, the
 * others left to the session and its client. Immutable.
 *
 * @param said the options spoken of, and how
 */
public record OutputOptions(Map<OutputOption, Boolean> said) {

    /** Everything as the session and its client would have it. */
    public static final OutputOptions NONE = new OutputOptions(Map.of());

    public OutputOptions {
        said = said.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(said));
    }

    /** Reads the {@code options} table of a command; what it does not know it leaves out. */
    public static OutputOptions of(@Nullable Object table) {
        if (!(table instanceof Map<?, ?> map) || map.isEmpty()) {
            return NONE;
        }
        Map<OutputOption, Boolean> said = new EnumMap<>(OutputOption.class);
        for (OutputOption option : OutputOption.values()) {
            Object value = map.get(option.key());
            if (value != null) {
                said.put(option, Values.truth(value));
            }
        }
        return new OutputOptions(said);
    }

    /** What was said of an option: true, false, or null for nothing. */
    public @Nullable Boolean get(OutputOption option) {
        return said.get(option);
    }

    /** These options with one more said. */
    public OutputOptions with(OutputOption option, boolean on) {
        Map<OutputOption, Boolean> more = new EnumMap<>(OutputOption.class);
        more.putAll(said);
        more.put(option, on);
        return new OutputOptions(more);
    }

    /** These options as the table that a command carries. */
    public Map<String, Boolean> table() {
        Map<String, Boolean> table = new LinkedHashMap<>();
        said.forEach((option, on) -> table.put(option.key(), on));
        return table;
    }
}
