package lychgate.admin;

import lychgate.oob.Json;
import lychgate.oob.MalformedException;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
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

    static Answer of(String text, @Nullable Object json) {
        return new Answer(true, text, json);
    }

    static Answer refused(String why) {
        return new Answer(false, why, null);
    }

    /** The line that is sent over the socket. */
    String line() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ok", ok);
        fields.put("text", text);
        fields.put("json", json);
        return Json.write(fields);
    }

    /** Reads such a line. */
    static Answer parse(String line) throws MalformedException {
        if (Json.readOurs(line) instanceof Map<?, ?> fields
                && fields.get("ok") instanceof Boolean ok
                && fields.get("text") instanceof String text) {
            return new Answer(ok, text, fields.get("json"));
        }
        throw new MalformedException("not an answer");
    }

    /** The result for scripts, as JSON. */
    public String jsonText() {
        return Json.write(json == null ? List.of() : json);
    }
}
