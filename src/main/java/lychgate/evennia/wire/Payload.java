package lychgate.evennia.wire;

import lychgate.amp.Box;
import lychgate.amp.PackedData;
import lychgate.amp.PickleWriter;
import lychgate.amp.Pickled.Bytes;
import lychgate.amp.Pickled.Items;
import lychgate.amp.Pickled.Opaque;
import lychgate.amp.Pickled.Tuple;
import lychgate.session.CommandTuple;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The payload of every message between portal and Server: a session's number, 0 for none, and
 * keyword arguments.
 */
public record Payload(long sessid, Map<?, ?> kwargs) {
    /**
     * Names that clash with arguments of Evennia's own functions, which would raise an exception.
     */
    private static final List<String> RESERVED = List.of("options", "self", "session");

    /** The keywords of a command without any: Evennia wants options. */
    private static final Map<String, @Nullable Object> NO_KWARGS =
            Map.of(CommandTuple.OPTIONS, Map.of());

    /** This payload as the arguments of an AMP command. */
    public Box box() {
        return PackedData.put(Box.EMPTY, PickleWriter.write(Tuple.of(sessid, kwargs)));
    }

    /** An administrative message. */
    public static Payload of(
            Operation operation, long sessid, Map<String, ? extends @Nullable Object> kwargs) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("operation", operation.text());
        all.putAll(kwargs);
        return new Payload(sessid, all);
    }

    /** Whether the game can take a command of that name. */
    public static boolean isPossible(CommandTuple command) {
        return !RESERVED.contains(command.name().strip().toLowerCase(Locale.ROOT));
    }

    /** A command for the game. */
    public static Payload of(long sessid, CommandTuple command) {
        Map<String, @Nullable Object> kwargs = NO_KWARGS;
        if (!command.kwargs().isEmpty()) {
            kwargs = new LinkedHashMap<>(command.kwargs());
            kwargs.put(CommandTuple.OPTIONS, Map.of());
        }
        return new Payload(sessid, Map.of(command.name(), List.of(command.args(), kwargs)));
    }

    /** The commands that the game sends, in their order. */
    public List<CommandTuple> commands() {
        List<CommandTuple> commands = new ArrayList<>();
        kwargs.forEach(
                (name, data) -> {
                    if (name instanceof String text
                            && !text.isBlank()
                            && !text.equals(CommandTuple.OPTIONS)) {
                        commands.add(command(text.strip(), items(data)));
                    }
                });
        return commands;
    }

    private static CommandTuple command(String name, List<?> pair) {
        Object args = pair.isEmpty() ? List.of() : pair.getFirst();
        Map<String, @Nullable Object> kwargs =
                pair.size() > 1 && pair.get(1) instanceof Map<?, ?> said ? table(said) : Map.of();
        List<@Nullable Object> plain = new ArrayList<>();
        items(args).forEach(each -> plain.add(plain(each)));
        return new CommandTuple(name, plain, kwargs);
    }

    private static List<?> items(@Nullable Object value) {
        return switch (value) {
            case List<?> list -> list;
            case Tuple(var items) -> items;
            case Items(var items) -> items;
            case null, default -> Collections.singletonList(value);
        };
    }

    /** Converts a value to one that a command may hold. */
    public static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Collection<?> items -> list(items);
            case Tuple(var items) -> list(items);
            case Items(var items) -> list(items);
            case Bytes(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
            case Opaque(String name) -> name;
            case Map<?, ?> map -> table(map);
            case null, default -> value;
        };
    }

    /** Turns keys into strings; two keys that would collide are kept apart. */
    private static Map<String, @Nullable Object> table(Map<?, ?> map) {
        Map<String, @Nullable Object> table = new LinkedHashMap<>();
        map.forEach(
                (key, item) -> {
                    String text = String.valueOf(plain(key));
                    String free = text;
                    boolean taken = !(key instanceof String) && map.containsKey(text);
                    for (int n = 2; taken || table.containsKey(free); n++) {
                        free = text + " (" + n + ")";
                        taken = map.containsKey(free);
                    }
                    table.put(free, plain(item));
                });
        return table;
    }

    private static List<@Nullable Object> list(Collection<?> items) {
        List<@Nullable Object> list = new ArrayList<>(items.size());
        items.forEach(item -> list.add(plain(item)));
        return list;
    }
}
