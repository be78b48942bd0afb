package lychgate.amp;

import lychgate.amp.Pickled.Bytes;
import lychgate.amp.Pickled.Items;
import lychgate.amp.Pickled.Opaque;
import lychgate.amp.Pickled.Tuple;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The objects that a pickle has created so far, and the values they stand for. While it is read,
 * they can still change and refer to one another in cycles; {@link #plain} makes trees of them.
 *
 * <p>A few classes are known by their names: Evennia's {@code _Saver…} wrappers around what is in
 * its database, and some of Python's own. Of all others, how an object is to be made again tells
 * what it is: one that is filled like a list or a map is one, and one that is made of a single
 * value (a member of an enum, a class derived from a number or a text) is that value.
 */
final class PickleObjects {
    /** Deepest nesting; what lies deeper is left out. */
    static final int MAX_DEPTH = 48;

    private static final String SAVER = "evennia.utils.dbserialize._Saver";

    private static final String ANSI_STRING = "evennia.utils.ansi.ANSIString";

    /** Makes an object of a class, of what it is derived from, and of a value. */
    private static final String RECONSTRUCTOR = "copyreg._reconstructor";

    /** Makes an object of the class that is their first argument. */
    private static final String NEW_OBJECT = "copyreg.__newobj__";

    /** What looks up a class inside another, or a member of an enum by its name. */
    private static final String ATTRIBUTE_OF = "builtins.getattr";

    private static final String OBJECT = "builtins.object";

    /** Functions whose arguments say nothing of the object that they make. */
    private static final Set<String> MAKES_OF_A_NAME =
            Set.of("django.db.models.base.model_unpickle", "persistent", "unknown");

    /** Characters of a name: what lies deeper in other classes than that has none. */
    private static final int MAX_NAME = 1_024;

    private static final Opaque TOO_DEEP = new Opaque("nested too deeply");
    private static final Opaque CIRCLE = new Opaque("a part of itself");

    /** A tuple as it is read: its items may still change. */
    private record TupleOf(List<@Nullable Object> items) {}

    /** A set as it is read. */
    private record ItemsOf(List<@Nullable Object> items) {}

    /** A map as it is read: keys and values by turns, since keys are not known to be any good. */
    private record MapOf(List<@Nullable Object> pairs) {}

    /** The name of a class or function. */
    record Global(String name) {
        /** As Python 3 calls it: up to protocol 2 some modules are called as in Python 2. */
        static Global of(String module, String name) {
            return new Global(
                    switch (module) {
                                case "__builtin__" -> "builtins";
                                case "copy_reg" -> "copyreg";
                                default -> module;
                            }
                            + "."
                            + name);
        }
    }

    /** What a class or function would make of arguments. */
    static final class Call {
        private final String name;
        private final List<@Nullable Object> arguments;
        private final boolean fields;
        private final List<@Nullable Object> items = new ArrayList<>();
        private final List<@Nullable Object> pairs = new ArrayList<>();
        private @Nullable Object state;

        Call(String name, List<@Nullable Object> arguments) {
            this(name, arguments, false);
        }

        /**
         * @param fields whether several arguments are what the object is made of, one by one
         */
        Call(String name, List<@Nullable Object> arguments, boolean fields) {
            this.name = name;
            this.arguments = arguments;
            this.fields = fields;
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

    /** What a class or function makes of arguments. */
    Object call(@Nullable Object callable, @Nullable Object arguments) {
        return call(callable, arguments, false);
    }

    /** A new object of a class, which is given arguments when it is made, not afterwards. */
    Object make(@Nullable Object type, @Nullable Object arguments) {
        return call(type, arguments, true);
    }

    private static Object call(
            @Nullable Object callable, @Nullable Object arguments, boolean fields) {
        List<@Nullable Object> its = arguments instanceof TupleOf(var items) ? items : List.of();
        String name = callable instanceof Global(String global) ? global : "unknown";
        if (its.isEmpty() || !(its.getFirst() instanceof Global(String type))) {
            return new Call(name, its, fields);
        }
        if (NEW_OBJECT.equals(name)) {
            return new Call(type, its.subList(1, its.size()), true);
        }
        if (RECONSTRUCTOR.equals(name)) {
            boolean plain =
                    its.size() < 3
                            || !(its.get(1) instanceof Global(String base))
                            || OBJECT.equals(base);
            return new Call(type, plain ? List.of() : its.subList(2, 3), false);
        }
        if (ATTRIBUTE_OF.equals(name)
                && its.size() == 2
                && its.get(1) instanceof String attribute
                && type.length() + attribute.length() < MAX_NAME) {
            return new Global(type + "." + attribute);
        }
        return new Call(name, its, fields);
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
     * The values that the objects stand for.
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
            List<@Nullable Object> keys = new ArrayList<>(pairs.size() / 2);
            Set<@Nullable Object> plain = new HashSet<>();
            for (int i = 0; i < pairs.size(); i += 2) {
                Object key = key(pairs.get(i), value(pairs.get(i), depth + 1));
                keys.add(key);
                if (isPlain(pairs.get(i))) {
                    plain.add(key);
                }
            }
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = 0; i < pairs.size(); i += 2) {
                Object made = pairs.get(i);
                Object key = keys.get(i / 2);
                if (!isPlain(made) && (plain.contains(key) || map.containsKey(key))) {
                    key = another(made, key, map);
                }
                map.put(key, value(pairs.get(i + 1), depth + 1));
            }
            return Collections.unmodifiableMap(map);
        }

        /** Whether it is to Python what it is here. */
        private static boolean isPlain(@Nullable Object made) {
            return switch (made) {
                case null -> true;
                case Boolean _, Long _, BigInteger _, Double _, String _, Bytes _ -> true;
                default -> false;
            };
        }

        /** A key of a Java map must not be something whose hash takes long, or never ends. */
        private static @Nullable Object key(@Nullable Object made, @Nullable Object key)
                throws MalformedException {
            return switch (key) {
                case List<?> _, Map<?, ?> _ -> {
                    if (made instanceof Call call) {
                        yield new Opaque(call.name); // Python has its own idea of its hash
                    }
                    throw new MalformedException("a pickle with a key that cannot be one");
                }
                case null, default -> key;
            };
        }

        /** Keys that are two to Python, and the same value here: one bears its class's name. */
        private static Object another(
                @Nullable Object made, @Nullable Object key, Map<@Nullable Object, ?> taken) {
            String name =
                    switch (made) {
                        case Call call when !(key instanceof Opaque) -> call.name + "(" + key + ")";
                        case Call call -> call.name;
                        case Global(String global) -> global;
                        case null, default -> String.valueOf(key);
                    };
            Opaque other = new Opaque(name);
            for (int n = 2; taken.containsKey(other); n++) {
                other = new Opaque(name + " " + n);
            }
            return other;
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
                case "builtins.set", "builtins.frozenset" -> new Items(list(call, depth));
                case "_codecs.encode", "builtins.bytes", "builtins.bytearray" -> bytes(call);
                case "decimal.Decimal" -> PythonValues.decimal(scalars(call, depth));
                case "fractions.Fraction" -> PythonValues.fraction(scalars(call, depth));
                case "datetime.date" -> PythonValues.date(scalars(call, depth));
                case "datetime.time" -> PythonValues.time(scalars(call, depth));
                case "datetime.datetime" -> PythonValues.dateTime(scalars(call, depth));
                case "datetime.timedelta" -> PythonValues.duration(scalars(call, depth));
                case "datetime.timezone" -> PythonValues.zone(scalars(call, depth));
                case "uuid.UUID" -> PythonValues.uuid(stateOf(call, "int", depth));
                case ANSI_STRING -> {
                    Object raw = stateOf(call, "_raw_string", depth);
                    yield raw == null ? derived(call, depth) : raw;
                }
                default -> derived(call, depth);
            };
        }

        /**
         * An object of a class that is not known: what it is derived from, as far as that shows.
         */
        private @Nullable Object derived(Call call, int depth) throws MalformedException {
            if (!call.pairs.isEmpty()) {
                return map(call.pairs, depth);
            }
            if (!call.items.isEmpty()) {
                return Collections.unmodifiableList(values(call.items, depth));
            }
            if (MAKES_OF_A_NAME.contains(call.name) || call.arguments.isEmpty()) {
                return new Opaque(call.name);
            }
            if (call.arguments.size() > 1) {
                return call.fields
                        ? new Tuple(values(call.arguments, depth))
                        : new Opaque(call.name);
            }
            Object only = call.arguments.getFirst();
            return only instanceof Global ? new Opaque(call.name) : value(only, depth + 1);
        }

        /** The arguments, where they are such as a value of Python's own is made of. */
        private List<@Nullable Object> scalars(Call call, int depth) throws MalformedException {
            return values(call.arguments, depth);
        }

        /** One attribute of the object's state; null where there is none of that name. */
        private @Nullable Object stateOf(Call call, String name, int depth)
                throws MalformedException {
            if (call.state instanceof MapOf(var pairs)) {
                for (int i = 0; i < pairs.size(); i += 2) {
                    if (name.equals(pairs.get(i))) {
                        return value(pairs.get(i + 1), depth + 1);
                    }
                }
            }
            return null;
        }

        /** What Evennia's wrapper is wrapped around. */
        private @Nullable Object saved(Call call, int depth) throws MalformedException {
            Object data = stateOf(call, "_data", depth);
            return data == null ? new Opaque(call.name) : data;
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
