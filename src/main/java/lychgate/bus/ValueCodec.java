package lychgate.bus;

import lychgate.session.CommandTuple;
import lychgate.session.Values;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The closed set of {@link Values} as bytes: an octet for the kind, then the value. */
final class ValueCodec {
    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int WHOLE = 3;
    private static final int LARGE = 4;
    private static final int DOUBLE = 5;
    private static final int TEXT = 6;
    private static final int LIST = 7;
    private static final int TABLE = 8;

    /**
     * Longest whole number, in bytes; Evennia's have 1,786 at most. Writing one in digits takes
     * more time than its length.
     */
    static final int MAX_NUMBER_BYTES = 2_048;

    private ValueCodec() {}

    static void write(ByteOutput out, @Nullable Object value) {
        switch (value) {
            case null -> out.octet(NULL);
            case Boolean truth -> out.octet(truth ? TRUE : FALSE);
            case Long number -> out.octet(WHOLE).signed(number);
            case BigInteger number -> {
                byte[] bytes = number.toByteArray();
                out.octet(LARGE).number(bytes.length).raw(bytes, 0, bytes.length);
            }
            case Double number -> out.octet(DOUBLE).fixed(Double.doubleToRawLongBits(number));
            case String text -> out.octet(TEXT).text(text);
            case List<?> items -> {
                out.octet(LIST).number(items.size());
                items.forEach(item -> write(out, item));
            }
            case Map<?, ?> entries -> {
                out.octet(TABLE);
                table(out, entries);
            }
            default -> throw new IllegalArgumentException(value.getClass() + " is no value");
        }
    }

    static @Nullable Object read(ByteInput in) throws MalformedException {
        return read(in, 0);
    }

    static void table(ByteOutput out, Map<?, ? extends @Nullable Object> entries) {
        out.number(entries.size());
        entries.forEach(
                (key, value) -> {
                    out.text(String.valueOf(key));
                    write(out, value);
                });
    }

    static Map<String, @Nullable Object> table(ByteInput in) throws MalformedException {
        return table(in, 0);
    }

    static void commands(ByteOutput out, List<CommandTuple> commands) {
        out.number(commands.size());
        for (CommandTuple command : commands) {
            out.text(command.name()).number(command.args().size());
            command.args().forEach(arg -> write(out, arg));
            table(out, command.kwargs());
        }
    }

    static List<CommandTuple> commands(ByteInput in) throws MalformedException {
        int count = in.count();
        List<CommandTuple> commands = new ArrayList<>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            String name = in.text();
            List<@Nullable Object> args = list(in, 0);
            Map<String, @Nullable Object> kwargs = table(in, 0);
            if (name.isEmpty()) {
                throw new MalformedException("a command without a name");
            }
            commands.add(new CommandTuple(name, args, kwargs));
        }
        return commands;
    }

    private static @Nullable Object read(ByteInput in, int depth) throws MalformedException {
        return switch (in.octet()) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case WHOLE -> in.signed();
            case LARGE -> large(in);
            case DOUBLE -> Double.longBitsToDouble(in.fixed());
            case TEXT -> in.text();
            case LIST -> list(in, depth + 1);
            case TABLE -> table(in, depth + 1);
            default -> throw new MalformedException("a value of an unknown kind");
        };
    }

    private static BigInteger large(ByteInput in) throws MalformedException {
        int length = in.count();
        if (length == 0 || length > MAX_NUMBER_BYTES) {
            throw new MalformedException("a number without digits, or with too many");
        }
        return new BigInteger(in.raw(length));
    }

    private static List<@Nullable Object> list(ByteInput in, int depth) throws MalformedException {
        int count = count(in, depth);
        if (count == 1) { // as almost every line
            return Collections.singletonList(read(in, depth));
        }
        List<@Nullable Object> items = new ArrayList<>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            items.add(read(in, depth));
        }
        return Collections.unmodifiableList(items);
    }

    private static Map<String, @Nullable Object> table(ByteInput in, int depth)
            throws MalformedException {
        int count = count(in, depth);
        if (count == 0) { // as with almost every line
            return Map.of();
        }
        Map<String, @Nullable Object> entries = LinkedHashMap.newLinkedHashMap(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            entries.put(in.text(), read(in, depth));
        }
        return Collections.unmodifiableMap(entries);
    }

    private static int count(ByteInput in, int depth) throws MalformedException {
        if (depth > Values.MAX_DEPTH) {
            throw new MalformedException("a value nested too deeply");
        }
        return in.count();
    }
}
