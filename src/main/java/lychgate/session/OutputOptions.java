package lychgate.session;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the game wants one message shown: some options on, some off, the others left to the session
 * and its client. Immutable.
 *
 * @param said the options that are set, on or off
 */
public record OutputOptions(Map<OutputOption, Boolean> said) {

    /** No option is set: the session and its client decide. */
    public static final OutputOptions NONE = new OutputOptions(Map.of());

    public OutputOptions {
        said = said.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(said));
    }

    /** Reads the {@code options} table of a command; unknown options are ignored. */
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

    /** The setting of an option; null if it is not set. */
    public @Nullable Boolean get(OutputOption option) {
        return said.get(option);
    }

    /** These options with one more set. */
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
