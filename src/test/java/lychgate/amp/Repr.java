package lychgate.amp;

import lychgate.amp.Pickled.Bytes;
import lychgate.amp.Pickled.Items;
import lychgate.amp.Pickled.Opaque;
import lychgate.amp.Pickled.Tuple;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as Python's {@code repr} writes them, as far as tests need it. */
public final class Repr {
    private Repr() {}

    /** A value in Python's notation. */
    public static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case Boolean b -> b ? "True" : "False";
            case String s -> text(s);
            case List<?> list -> joined(list, "[", "]");
            case Tuple(var items) -> joined(items, "(", items.size() == 1 ? ",)" : ")");
            case Items(var items) ->
                    items.isEmpty()
                            ? "set()"
                            : items.stream()
                                    .map(Repr::of)
                                    .sorted()
                                    .collect(Collectors.joining(", ", "{", "}"));
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(e -> of(e.getKey()) + ": " + of(e.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            case Bytes(byte[] bytes) ->
                    "b" + text(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1));
            case Opaque(String name) -> "<" + name + ">";
            default -> value.toString();
        };
    }

    private static String joined(List<?> items, String begin, String end) {
        return items.stream().map(Repr::of).collect(Collectors.joining(", ", begin, end));
    }

    private static String text(String text) {
        StringBuilder shown = new StringBuilder("'");
        text.codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '\n' -> shown.append("\\n");
                                case '\\' -> shown.append("\\\\");
                                default -> shown.appendCodePoint(c);
                            }
                        });
        return shown.append('\'').toString();
    }
}
