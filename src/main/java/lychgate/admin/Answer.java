package lychgate.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

import lychgate.oob.Json;
import lychgate.oob.MalformedException;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * A running portal's answer to a command.
 *
 * @param ok whether the command succeeded
 * @param text the result for people, or one sentence that says why it failed
 * @param json the result for scripts
 */
public record Answer(boolean ok, String text, @Nullable Object json) {
    /**
     * Writes records: their components are the names of the fields, in words joined by underscores.
     * Loaded only where they are written, which the commands' own side does not.
     */
    private static final class Records {
        static final JsonMapper MAPPER =
                JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .build();
    }

    static Answer of(String text, @Nullable Object json) {
        return new Answer(true, text, json);
    }

    static Answer refused(String why) {
        return new Answer(false, why, null);
    }

    /** The same in one form only; why it failed is always there. */
    Answer in(String form) {
        return switch (form) {
            case "TEXT" -> new Answer(ok, text, null);
            case "JSON" -> new Answer(ok, ok ? "" : text, json);
            default -> this;
        };
    }

    /** The line that is sent over the socket. */
    String line() {
        return written(this);
    }

    /** Reads such a line. */
    static Answer parse(String line) throws MalformedException {
        if (Json.readOurs(line) instanceof Map<?, ?> answer
                && answer.get("ok") instanceof Boolean ok
                && answer.get("text") instanceof String text) {
            return new Answer(ok, text, answer.get("json"));
        }
        throw new MalformedException("not an answer");
    }

    /** The result for scripts, as JSON. */
    public String jsonText() {
        return written(json == null ? List.of() : json);
    }

    /** A value as JSON. */
    public static String json(Object value) {
        return written(value);
    }

    private static String written(Object value) {
        try {
            return Records.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result that is no JSON", e);
        }
    }
}
