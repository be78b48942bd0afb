package lychgate.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

import lychgate.oob.MalformedException;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A running portal's answer to a command.
 *
 * @param ok whether the command succeeded
 * @param text the result for people, or one sentence that says why it failed
 * @param json the result for scripts
 */
public record Answer(
        @JsonProperty(required = true) boolean ok,
        @JsonProperty(required = true) String text,
        @Nullable Object json) {
    /** The components of records are the names of the fields, in words joined by underscores. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    static Answer of(String text, @Nullable Object json) {
        return new Answer(true, text, json);
    }

    static Answer refused(String why) {
        return new Answer(false, why, null);
    }

    /** The line that is sent over the socket. */
    String line() {
        return written(this);
    }

    /** Reads such a line. */
    static Answer parse(String line) throws MalformedException {
        try {
            return MAPPER.readValue(line, Answer.class);
        } catch (JsonProcessingException e) {
            throw new MalformedException("not an answer");
        }
    }

    /** The result for scripts, as JSON. */
    public String jsonText() {
        return written(json == null ? List.of() : json);
    }

    private static String written(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result that is no JSON", e);
        }
    }
}
