package lychgate.transport.web.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import lychgate.oob.Json;

import org.jspecify.annotations.Nullable;

/**
 * What every text message of {@code json.mudstandards.org} is.
 *
 * @param proto what {@code data} is: {@code gmcp}, {@code prompt}, {@code text}, …
 * @param id of the message within that; may be empty
 * @param data often JSON, as a string
 */
record Envelope(String proto, String id, String data) {
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(Json.MAX_DEPTH)
                                                    .build())
                                    .build())
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /** The parts as clients send them: any may be missing, or be something else than a string. */
    private record Sent(@Nullable JsonNode proto, @Nullable JsonNode id, @Nullable JsonNode data) {}

    /** Reads one; null if it is none. */
    static @Nullable Envelope read(String json) {
        try {
            Sent sent = MAPPER.readValue(json, Sent.class);
            if (sent == null || !isName(sent.proto)) {
                return null;
            }
            return new Envelope(text(sent.proto), text(sent.id).strip(), text(sent.data));
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static boolean isName(@Nullable JsonNode proto) {
        return proto == null || proto.isTextual();
    }

    /** A string as it is, anything else as JSON. */
    private static String text(@Nullable JsonNode node) {
        if (node == null || node.isNull() || node instanceof MissingNode) {
            return "";
        }
        return node.isTextual() ? node.textValue() : node.toString();
    }

    String write() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("three strings can be written", e);
        }
    }
}
