package lychgate.oob;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

import lychgate.session.CommandTuple;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON (RFC 8259) to and from the values of {@link lychgate.session.Values}. */
public final class Json {
    /** Maximum nesting accepted. What games and clients send has four or five levels. */
    public static final int MAX_DEPTH = 32;

    /** Maximum digits of a number: bounds the time that a BigInteger takes. */
    private static final int MAX_DIGITS = 1_000;

    /** Interns no names: a shared table of names that strangers choose would grow for everybody. */
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNumberLength(MAX_DIGITS)
                                    .build())
                    .build();

    private Json() {}

    /**
     * Reads one value from a client, and nothing after it.
     *
     * @throws MalformedException if it is not JSON, is nested deeper than {@link #MAX_DEPTH},
     *     contains an unsupported number, or exceeds an {@link Allowance}
     */
    public static @Nullable Object read(String json) throws MalformedException {
        return read(json, Allowance.forClient());
    }

    /**
     * Reads one value of any size, and nothing after it: from one of our own files or programs,
     * never from a client.
     *
     * @throws MalformedException as {@link #read(String)}
     */
    public static @Nullable Object readOurs(String json) throws MalformedException {
        return read(json, Allowance.unlimited());
    }

    private static @Nullable Object read(String json, Allowance allowance)
            throws MalformedException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            Object value = value(parser, allowance);
            if (parser.nextToken() != null) {
                throw new MalformedException("trailing characters after the JSON value");
            }
            return value;
        } catch (IOException e) {
            throw new MalformedException("not JSON");
        }
    }

    /**
     * Reads consecutive values.
     *
     * @throws MalformedException if one of them is not JSON, there are more than {@code most}, or
     *     they exceed an {@link Allowance}
     */
    public static List<@Nullable Object> sequence(String json, int most) throws MalformedException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            Allowance allowance = Allowance.forClient();
            List<@Nullable Object> values = new ArrayList<>();
            while (parser.nextToken() != null) {
                values.add(value(parser, allowance));
                if (values.size() > most) {
                    throw new MalformedException("too many JSON values");
                }
            }
            return values;
        } catch (IOException e) {
            throw new MalformedException("not JSON");
        }
    }

    /** Writes a value, without white space. */
    public static String write(@Nullable Object value) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            write(value, json);
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter does not fail", e);
        }
        return out.toString();
    }

    /** Writes a command as {@code ["name",[args],{kwargs}]}. */
    public static String write(CommandTuple command) {
        return write(List.of(command.name(), command.args(), command.kwargs()));
    }

    private static @Nullable Object value(JsonParser parser, Allowance allowance)
            throws IOException, MalformedException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new MalformedException("no JSON value");
        }
        return switch (token) {
            case VALUE_NULL -> constant(null, allowance);
            case VALUE_TRUE -> constant(true, allowance);
            case VALUE_FALSE -> constant(false, allowance);
            case VALUE_STRING -> text(parser, allowance);
            case VALUE_NUMBER_INT -> integer(parser, allowance);
            case VALUE_NUMBER_FLOAT -> real(parser, allowance);
            case START_ARRAY -> list(parser, allowance);
            case START_OBJECT -> table(parser, allowance);
            case END_ARRAY, END_OBJECT, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new MalformedException("not JSON");
        };
    }

    private static @Nullable Boolean constant(@Nullable Boolean value, Allowance allowance)
            throws MalformedException {
        allowance.constant();
        return value;
    }

    private static String text(JsonParser parser, Allowance allowance)
            throws IOException, MalformedException {
        allowance.text();
        return parser.getText();
    }

    private static Object integer(JsonParser parser, Allowance allowance)
            throws IOException, MalformedException {
        allowance.number();
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue()
                : (Object) parser.getLongValue();
    }

    private static Double real(JsonParser parser, Allowance allowance)
            throws IOException, MalformedException {
        allowance.number();
        double value = parser.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw new MalformedException("a number too large");
        }
        return value;
    }

    private static List<@Nullable Object> list(JsonParser parser, Allowance allowance)
            throws IOException, MalformedException {
        allowance.list();
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser, allowance));
        }
        return list;
    }

    private static Map<String, @Nullable Object> table(JsonParser parser, Allowance allowance)
            throws IOException, MalformedException {
        allowance.table();
        Map<String, @Nullable Object> table = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            allowance.entry();
            String key = parser.currentName();
            parser.nextToken();
            table.put(key, value(parser, allowance));
        }
        return table;
    }

    private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Boolean b -> json.writeBoolean(b);
            case String s -> json.writeString(s);
            case Long n -> json.writeNumber(n);
            case BigInteger n -> json.writeNumber(n);
            case Double d when Double.isFinite(d) -> json.writeNumber(d);
            case Double _ -> json.writeNull(); // JSON has no word for it
            case List<?> items -> {
                json.writeStartArray();
                for (Object item : items) {
                    write(item, json);
                }
                json.writeEndArray();
            }
            case Map<?, ?> entries -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : entries.entrySet()) {
                    json.writeFieldName(String.valueOf(entry.getKey()));
                    write(entry.getValue(), json);
                }
                json.writeEndObject();
            }
            default ->
                    throw new IllegalArgumentException(
                            value.getClass().getName() + " is not a value of a command");
        }
    }
}
