package lychgate.transport.web.ajax;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The fields of a request ({@code application/x-www-form-urlencoded}). */
final class Form {
    /** Maximum number of fields; Evennia's client sends four. */
    static final int MAX_FIELDS = 16;

    private final Map<String, String> fields;

    private Form(Map<String, String> fields) {
        this.fields = fields;
    }

    /** The form of a body; null if it is none. */
    static @Nullable Form read(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        String[] pairs = text.split("&", MAX_FIELDS + 1);
        if (pairs.length > MAX_FIELDS) {
            return null;
        }
        Map<String, String> fields = new HashMap<>();
        try {
            for (String pair : pairs) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    String name = decoded(pair.substring(0, equals));
                    fields.putIfAbsent(name, decoded(pair.substring(equals + 1)));
                }
            }
        } catch (IllegalArgumentException e) {
            return null; // an incomplete escape
        }
        return new Form(fields);
    }

    private static String decoded(String escaped) {
        return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
    }

    /** A field; empty if it is missing. */
    String field(String name) {
        return fields.getOrDefault(name, "");
    }
}
