package lychgate.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

import lychgate.admin.AdminClient.Form;
import lychgate.oob.Json;
import lychgate.oob.MalformedException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A running portal's answer to a command.
 *
 * @param outcome whether the command succeeded
 * @param text the result for people, or one sentence that says why it failed
 * @param json the result for scripts
 * @param missing what the result lacks, in sentences; empty for nothing
 */
public record Answer(Outcome outcome, String text, @Nullable Object json, String missing) {
    /** How a command has ended. */
    public enum Outcome {
        /** It was carried out. */
        DONE,
        /** There is no such session or ban. */
        ABSENT,
        /** It was not carried out for another reason. */
        REFUSED
    }

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

    /** The result of a command that was carried out. */
    public static Answer of(String text, @Nullable Object json) {
        return new Answer(Outcome.DONE, text, json, "");
    }

    /** Why a command was not carried out. */
    public static Answer refused(String why) {
        return new Answer(Outcome.REFUSED, why, null, "");
    }

    /** What was meant does not exist here. */
    public static Answer absent(String why) {
        return new Answer(Outcome.ABSENT, why, null, "");
    }

    /** The same, and what it lacks. */
    public Answer without(String lacks) {
        return new Answer(outcome, text, json, lacks);
    }

    /** Whether the command was carried out. */
    public boolean ok() {
        return outcome == Outcome.DONE;
    }

    /** The same in one form only; why it failed is always there. */
    Answer in(Form form) {
        return switch (form) {
            case TEXT -> new Answer(outcome, text, null, missing);
            case JSON -> new Answer(outcome, ok() ? "" : text, json, missing);
            case BOTH -> this;
        };
    }

    /** Writes it as the line that is sent over the socket: piece by piece, for it may be long. */
    void writeTo(OutputStream out) throws IOException {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("ok", ok());
        line.put("text", text);
        line.put("json", json);
        line.put("missing", missing);
        Records.MAPPER
                .writer()
                .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .writeValue(out, line);
        out.write('\n');
    }

    /** Reads such a line. */
    static Answer parse(String line) throws MalformedException {
        if (Json.readOurs(line) instanceof Map<?, ?> answer
                && answer.get("ok") instanceof Boolean ok
                && answer.get("text") instanceof String text) {
            return new Answer(
                    ok ? Outcome.DONE : Outcome.REFUSED,
                    text,
                    answer.get("json"),
                    answer.get("missing") instanceof String missing ? missing : "");
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
