package lychgate.admin;

import lychgate.oob.Json;
import lychgate.oob.MalformedException;
import lychgate.text.OneLine;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The fields of a JSON object that another portal has sent. Fields that are not asked for are left
 * alone: it may be a newer one. Texts are safe to show.
 */
public final class Fields {
    private final Map<?, ?> object;

    private Fields(Map<?, ?> object) {
        this.object = object;
    }

    /** Reads an object of bounded size. */
    public static Fields read(String json) throws MalformedException {
        if (Json.read(json) instanceof Map<?, ?> object) {
            return new Fields(object);
        }
        throw new MalformedException("not an object");
    }

    /** A whole number that is not negative. */
    public long number(String name) throws MalformedException {
        Long number = optionalNumber(name);
        if (number == null) {
            throw new MalformedException("no " + name);
        }
        return number;
    }

    /** The same; null if it is missing. */
    @Nullable Long optionalNumber(String name) throws MalformedException {
        return switch (object.get(name)) {
            case null -> null;
            case Long number when number >= 0 -> number;
            default -> throw new MalformedException("not a number: " + name);
        };
    }

    /** A text. */
    public String text(String name) throws MalformedException {
        if (object.get(name) instanceof String text) {
            return OneLine.of(text);
        }
        throw new MalformedException("no " + name);
    }

    /** The same; empty if it is missing. */
    String optionalText(String name) throws MalformedException {
        return object.get(name) == null ? "" : text(name);
    }

    /** A time of day. */
    Instant time(String name) throws MalformedException {
        Instant time = optionalTime(name);
        if (time == null) {
            throw new MalformedException("no " + name);
        }
        return time;
    }

    /** The same; null if it is missing. */
    @Nullable Instant optionalTime(String name) throws MalformedException {
        String text = optionalText(name);
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new MalformedException("not a time: " + name);
        }
    }

    /** A list of texts, which are as they were sent. */
    public List<String> texts(String name) throws MalformedException {
        if (!(object.get(name) instanceof List<?> items)) {
            throw new MalformedException("no list: " + name);
        }
        List<String> texts = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof String text)) {
                throw new MalformedException("not a text in " + name);
            }
            texts.add(text);
        }
        return texts;
    }

    /** An object; null if it is missing. */
    @Nullable Fields optionalObject(String name) throws MalformedException {
        return switch (object.get(name)) {
            case null -> null;
            case Map<?, ?> fields -> new Fields(fields);
            default -> throw new MalformedException("not an object: " + name);
        };
    }

    /** The names of the fields, in order. */
    List<String> names() {
        return object.keySet().stream().map(String::valueOf).toList();
    }
}
