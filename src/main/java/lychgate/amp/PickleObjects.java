package lychgate.amp;

import lychgate.amp.Pickled.Bytes;
import lychgate.amp.Pickled.Items;
import lychgate.amp.Pickled.Opaque;
import lychgate.amp.Pickled.Tuple;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a pickle has made so far, and the values that it means. While it is read, things can still
 * change and hold one another in circles; {@link #plain} makes trees of them.
 *
 * <p>A few classes are known by their names, because they are nothing but a list or a map:
 * Evennia's {@code _Saver…} wrappers around what is in its database, and some of Python's own.
 */
final class PickleObjects {
    /** Deepest nesting; what lies deeper is left out. */
    static final int MAX_DEPTH = 48;

    private static final String SAVER = "evennia.utils.dbserialize._Saver";

    /** Functions that make an object of the class that is their first argument. */
    private static final Set<String> RECONSTRUCTORS =
            Set.of(
                    "copy_reg._reconstructor",
                    "copyreg._reconstructor",
                    "copy_reg.__newobj__",
                    "copyreg.__newobj__");

    private static final Opaque TOO_DEEP = new Opaque("nested too deeply");
    private static final Opaque CIRCLE = new Opaque("a part of itself");

    /** A tuple as it is read: its items may still change. */
    private record TupleOf(List<@Nullable Object> items) {}

    /** A set as it is read. */
    private record ItemsOf(List<@Nullable Object> items) {}

    /** A map as it is read: keys and values by turns, since keys are not known to be any good. */
    private record MapOf(List<@Nullable Object> pairs) {}

    /** The name of a class or function. */
    record Global(String name) {}

    /** What a class or function would make of arguments. */
    static final class Call {
        private final String name;
        private final List<@Nullable Object> arguments;
        private final List<@Nullable Object> items = new ArrayList<>();
        private final List<@Nullable Object> pairs = new ArrayList<>();
        private @Nullable Object state;

        Call(String name, List<@Nullable Object> arguments) {
            this.name = name;
            this.arguments = arguments;
        }
    }

    Object map() {
        return new MapOf(new ArrayList<>());
    }

    Object items() {
        return new ItemsOf(new ArrayList<>());
    }

    Object items(List<@Nullable Object> items) {
        return new ItemsOf(items);
    }

    Object tuple(List<@Nullable Object> items) {
        return new TupleOf(items);
    }

    Object call(@Nullable Object callable, @Nullable Object arguments) {
        List<@Nullable Object> its = arguments instanceof TupleOf(var items) ? items : List.of();
        String name = callable instanceof Global(String global) ? global : "unknown";
        boolean ofClass = RECONSTRUCTORS.contains(name) && !its.isEmpty();
        return ofClass && its.getFirst() instanceof Global(String type)
                ? new Call(type, its.subList(1, its.size()))
                : new Call(name, its);
    }

    /** Adds items to a list, a set, or something that behaves like one. */
    void add(@Nullable Object to, List<@Nullable Object> items) throws MalformedException {
        switch (to) {
            case List<?> list -> listOf(list).addAll(items);
            case ItemsOf(var its) -> its.addAll(items);
            case Call call -> call.items.addAll(items);
            case null, default -> throw new MalformedException("a pickle that adds to no list");
        }
    }

    /** Puts keys and values, by turns, into a map or something that behaves like one. */
    void put(@Nullable Object into, List<@Nullable Object> pairs) throws MalformedException {
        if (pairs.size() % 2 != 0) {
            throw new MalformedException("a pickle with a key without a value");
        }
        switch (into) {
            case MapOf(var its) -> its.addAll(pairs);
            case Call call -> call.pairs.addAll(pairs);
            case null, default -> throw new MalformedException("a pickle that puts into no map");
        }
    }

    /** Gives an object its state. */
    void build(@Nullable Object object, @Nullable Object state) {
        if (object instanceof Call call) {
            call.state = state;
        }
    }

    /**
     * The values that are meant.
     *
     * @throws MalformedException if there are more than so many
     */
    static @Nullable Object plain(@Nullable Object made, int most) throws MalformedException {
        return new Walk(most).value(made, 0);
    }

    @SuppressWarnings("unchecked") // every list on the stack is one of ours
    private static List<@Nullable Object> listOf(Object list) {
        return (List<@Nullable Object>) list;
    }

    /** One walk through all that hangs together. */
    private static final class Walk {
        private final Set<Object> above = Collections.newSetFromMap(new IdentityHashMap<>());
        private int left;

        Walk(int most) {
            this.left = most;
        }

        @Nullable Object value(@Nullable Object made, int depth) throws MalformedException {
            if (--left < 0) {
                throw new MalformedException("a pickle that holds too much");
            }
            return switch (made) {
                case null -> null;
                case Boolean _, Long _, BigInteger _, Double _, String _, Bytes _ -> made;
                case Global(String name) -> new Opaque(name);
                default -> {
                    if (depth >= MAX_DEPTH) {
                        yield TOO_DEEP;
                    }
                    if (!above.add(made)) {
                        yield CIRCLE;
                    }
                    Object plain = container(made, depth);
                    above.remove(made);
                    yield plain;
                }
            };
        }

        private @Nullable Object container(Object made, int depth) throws MalformedException {
            return switch (made) {
                case TupleOf(var items) -> new Tuple(values(items, depth));
                case ItemsOf(var items) -> new Items(values(items, depth));
                case MapOf(var pairs) -> map(pairs, depth);
                case Call call -> called(call, depth);
                default -> Collections.unmodifiableList(values(listOf(made), depth));
            };
        }

        private List<@Nullable Object> values(List<@Nullable Object> made, int depth)
                throws MalformedException {
            List<@Nullable Object> values = new ArrayList<>(Math.min(made.size(), left));
            for (Object each : made) {
                values.add(value(each, depth + 1));
            }
            return values;
        }

        private Map<@Nullable Object, @Nullable Object> map(List<@Nullable Object> pairs, int depth)
                throws MalformedException {
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = 0; i < pairs.size(); i += 2) {
                Object key = value(pairs.get(i), depth + 1);
                map.put(key(key), value(pairs.get(i + 1), depth + 1));
            }
            return Collections.unmodifiableMap(map);
        }

        /** A key of a Java map must not be something whose hash takes long, or never ends. */
        private static @Nullable Object key(@Nullable Object key) throws MalformedException {
            return switch (key) {
                case List<?> _, Map<?, ?> _, Items _ ->
                        throw new MalformedException("a pickle with a key that cannot be one");
                case null, default -> key;
            };
        }

        private @Nullable Object called(Call call, int depth) throws MalformedException {
            if (call.name.startsWith(SAVER)) {
                return saved(call, depth);
            }
            return switch (call.name) {
                case "collections.OrderedDict", "collections.defaultdict" -> map(call.pairs, depth);
                case "collections.deque" -> {
                    List<@Nullable Object> items = new ArrayList<>(list(call, depth));
                    items.addAll(values(call.items, depth));
                    yield Collections.unmodifiableList(items);
                }
                case "builtins.set",
                        "__builtin__.set",
                        "builtins.frozenset",
                        "__builtin__.frozenset" ->
                        new Items(list(call, depth));
                case "_codecs.encode",
                        "builtins.bytes",
                        "__builtin__.bytes",
                        "builtins.bytearray",
                        "__builtin__.bytearray" ->
                        bytes(call);
                default -> new Opaque(call.name);
            };
        }

        /** What Evennia's wrapper is wrapped around. */
        private @Nullable Object saved(Call call, int depth) throws MalformedException {
            if (call.state instanceof MapOf(var pairs)) {
                for (int i = 0; i < pairs.size(); i += 2) {
                    if ("_data".equals(pairs.get(i))) {
                        return value(pairs.get(i + 1), depth + 1);
                    }
                }
            }
            return new Opaque(call.name);
        }

        /** The list that is the first argument. */
        private List<@Nullable Object> list(Call call, int depth) throws MalformedException {
            return !call.arguments.isEmpty() && call.arguments.getFirst() instanceof List<?> list
                    ? values(listOf(list), depth)
                    : List.of();
        }

        private static Object bytes(Call call) {
            return switch (call.arguments.isEmpty() ? "" : call.arguments.getFirst()) {
                case String latin1 -> new Bytes(PickleText.latin1(latin1));
                case Bytes same -> same;
                case Call inner when inner.name.equals("_codecs.encode") && inner != call ->
                        !inner.arguments.isEmpty()
                                        && inner.arguments.getFirst() instanceof String latin1
                                ? new Bytes(PickleText.latin1(latin1))
                                : new Opaque(call.name);
                case null, default -> new Opaque(call.name);
            };
        }
    }
}
