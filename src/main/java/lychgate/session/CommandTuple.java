package lychgate.session;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command's name, arguments and keyword arguments: the internal form of every message, from the
 * client ({@code inputcommand}) and to it ({@code outputcommand}).
 *
 * <p>Immutable. Arguments are limited to the closed set of {@link Values}; whatever is passed in is
 * converted to that set and copied. {@code text} is the in-band command, every other name is
 * out-of-band.
 *
 * @param name as it was sent; lookups ignore case
 * @param args the positional arguments; null is a valid argument
 * @param kwargs the keyword arguments, in their order
 */
public record CommandTuple(
        String name, List<@Nullable Object> args, Map<String, @Nullable Object> kwargs) {

    /** The name of the in-band command. */
    public static final String TEXT = "text";

    /** The name of the command that sets the prompt. */
    public static final String PROMPT = "prompt";

    /** The keyword under which a command carries its {@link OutputOptions}. */
    public static final String OPTIONS = "options";

    /**
     * @throws IllegalArgumentException if the name is empty, or a value is outside the closed set
     */
    public CommandTuple {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a command needs a name");
        }
        args = isText(args) ? List.copyOf(args) : Values.list(args);
        kwargs = Values.table(kwargs);
    }

    /** Whether it is a single text, as almost every line is: then nothing needs to be copied. */
    private static boolean isText(List<@Nullable Object> args) {
        return args.size() == 1 && args.get(0) instanceof String;
    }

    /** A command with positional arguments only; {@code of("x")} has none. */
    public static CommandTuple of(String name, @Nullable Object... args) {
        return new CommandTuple(name, Arrays.asList(args), Map.of());
    }

    /** The in-band command. */
    public static CommandTuple text(String text) {
        return new CommandTuple(TEXT, List.of(text), Map.of());
    }

    /** This command with one more argument, which may be null. */
    public CommandTuple arg(@Nullable Object value) {
        List<@Nullable Object> more = new ArrayList<>(args);
        more.add(value);
        return new CommandTuple(name, more, kwargs);
    }

    /** This command with the keyword set. */
    public CommandTuple kwarg(String key, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(kwargs);
        more.put(key, value);
        return new CommandTuple(name, args, more);
    }

    /** This command without the keyword. */
    public CommandTuple without(String key) {
        if (!kwargs.containsKey(key)) {
            return this;
        }
        Map<String, @Nullable Object> fewer = new LinkedHashMap<>(kwargs);
        fewer.remove(key);
        return new CommandTuple(name, args, fewer);
    }

    /** Whether this is the command of that name, ignoring case. */
    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** The argument at that index; null if there is none, or if it is null. */
    public @Nullable Object argument(int index) {
        return index < args.size() ? args.get(index) : null;
    }

    /**
     * The arguments as strings, with nested lists flattened: clients send lists of names either
     * way.
     */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Object arg : args) {
            if (arg instanceof List<?> list) {
                list.forEach(item -> names.add(Values.text(item)));
            } else {
                names.add(Values.text(arg));
            }
        }
        return Collections.unmodifiableList(names);
    }
}
