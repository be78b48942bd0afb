package lychgate.oob;

import lychgate.session.CommandTuple;
import lychgate.session.Values;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Commands as MSDP: names, values, arrays and tables, delimited by six control bytes.
 *
 * <pre>
 * (cmdname, (), {})             VAR cmdname VAL
 * (cmdname, (arg,), {})         VAR cmdname VAL arg
 * (cmdname, (args,…), {})       VAR cmdname VAL ARRAYOPEN VAL arg VAL arg … ARRAYCLOSE
 * (cmdname, (), {kwargs})       VAR cmdname VAL TABLEOPEN VAR key VAL val … TABLECLOSE
 * (cmdname, (args,…), {kwargs}) the array, then the table, each with its own VAR cmdname VAL
 * </pre>
 *
 * <p>Arrays and tables nest. MSDP has text only: numbers are written in decimal, true and false as
 * 1 and 0, null as the empty text. The commands that MSDP itself defines arrive as {@code
 * msdp_list}, {@code msdp_report}, {@code msdp_unreport}, {@code msdp_send} and {@code msdp_reset}.
 */
public final class Msdp {
    private static final int VAR = 1;
    private static final int VAL = 2;
    private static final int TABLE_OPEN = 3;
    private static final int TABLE_CLOSE = 4;
    private static final int ARRAY_OPEN = 5;
    private static final int ARRAY_CLOSE = 6;

    /** Maximum nesting accepted. */
    static final int MAX_DEPTH = 16;

    private static final Set<String> COMMANDS =
            Set.of("list", "report", "reset", "send", "unreport");

    private Msdp() {}

    /** The message for a command: what goes between {@code IAC SB MSDP} and {@code IAC SE}. */
    public static byte[] encode(CommandTuple command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean args = !command.args().isEmpty();
        boolean kwargs = !command.kwargs().isEmpty();
        if (args || !kwargs) {
            name(command.name(), out);
            if (command.args().size() > 1 || (args && kwargs)) {
                value(command.args(), out);
            } else if (args) {
                value(command.args().getFirst(), out);
            }
        }
        if (kwargs) {
            name(command.name(), out);
            value(command.kwargs(), out);
        }
        return out.toByteArray();
    }

    /**
     * Reads a message: one command for each name, in the order in which the names first appear.
     *
     * @throws MalformedException if it is not valid MSDP, is nested deeper than {@link #MAX_DEPTH},
     *     is not UTF-8, or exceeds an {@link Allowance}
     */
    public static List<CommandTuple> decode(byte[] message) throws MalformedException {
        return new Reader(message).commands();
    }

    private static void name(String name, ByteArrayOutputStream out) {
        out.write(VAR);
        text(name, out);
        out.write(VAL);
    }

    /** Writes a value, with an explicit stack instead of recursion. */
    private static void value(@Nullable Object whole, ByteArrayOutputStream out) {
        Deque<Open> open = new ArrayDeque<>();
        begin(whole, open, out);
        while (!open.isEmpty()) {
            Open innermost = open.getFirst();
            if (!innermost.items.hasNext()) {
                out.write(innermost.close);
                open.removeFirst();
                continue;
            }
            Object item = innermost.items.next();
            if (item instanceof Map.Entry<?, ?> entry) {
                name(String.valueOf(entry.getKey()), out);
                begin(entry.getValue(), open, out);
            } else {
                out.write(VAL);
                begin(item, open, out);
            }
        }
    }

    /** Opens a list or table; writes anything else, and what is nested too deeply, as text. */
    private static void begin(@Nullable Object value, Deque<Open> open, ByteArrayOutputStream out) {
        switch (value) {
            case List<?> items when open.size() < MAX_DEPTH -> {
                out.write(ARRAY_OPEN);
                open.addFirst(new Open(items.iterator(), ARRAY_CLOSE));
            }
            case Map<?, ?> entries when open.size() < MAX_DEPTH -> {
                out.write(TABLE_OPEN);
                open.addFirst(new Open(entries.entrySet().iterator(), TABLE_CLOSE));
            }
            case Boolean flag -> text(flag ? "1" : "0", out);
            case null, default -> text(Values.text(value), out);
        }
    }

    /**
     * A list or table that has been written in part.
     *
     * @param items those still to be written; of a table, its entries
     * @param close the byte that ends it
     */
    private record Open(Iterator<?> items, int close) {}

    /** Writes a text, without the bytes that would end it. */
    private static void text(String text, ByteArrayOutputStream out) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b < 0 || b > ARRAY_CLOSE) {
                out.write(b);
            }
        }
    }

    /** The arguments and keyword arguments collected so far. */
    private static final class Gathered {
        private final List<@Nullable Object> args = new ArrayList<>();
        private final Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();

        void add(Object value) {
            switch (value) {
                case List<?> items -> args.addAll(items);
                case Map<?, ?> entries -> kwargs.putAll(Values.table(entries));
                default -> args.add(value);
            }
        }
    }

    /** Reads one message, with an explicit stack instead of recursion. */
    private static final class Reader {
        private final byte[] bytes;
        private final Allowance allowance = Allowance.forClient();
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        List<CommandTuple> commands() throws MalformedException {
            Map<String, Gathered> gathered = new LinkedHashMap<>();
            while (at < bytes.length) {
                expect(VAR);
                String name = text();
                if (name.isEmpty() || peek() != VAL) {
                    throw new MalformedException("a name without a value");
                }
                allowance.command();
                gather(gathered.computeIfAbsent(name, _ -> new Gathered()));
            }
            List<CommandTuple> commands = new ArrayList<>();
            gathered.forEach(
                    (name, values) ->
                            commands.add(
                                    new CommandTuple(
                                            commandName(name), values.args, values.kwargs)));
            return commands;
        }

        /** Collects all values of one VAR. A single empty one means no argument at all. */
        private void gather(Gathered into) throws MalformedException {
            List<Object> values = new ArrayList<>();
            while (peek() == VAL) {
                at++;
                values.add(value());
            }
            if (values.size() > 1 || !values.getFirst().equals("")) {
                values.forEach(into::add);
            }
        }

        private Object value() throws MalformedException {
            Deque<Object> open = new ArrayDeque<>();
            Deque<String> keys = new ArrayDeque<>();
            while (true) {
                Object whole = null;
                switch (peek()) {
                    case ARRAY_OPEN -> {
                        allowance.list();
                        push(new ArrayList<Object>(), open);
                    }
                    case TABLE_OPEN -> {
                        allowance.table();
                        push(new LinkedHashMap<String, Object>(), open);
                    }
                    default -> {
                        allowance.text();
                        whole = text();
                    }
                }
                // A complete value may complete the container it belongs to, and so on.
                while (true) {
                    if (whole != null) {
                        if (open.isEmpty()) {
                            return whole;
                        }
                        put(whole, open.peek(), keys);
                    }
                    if (!closes(open.peek())) {
                        break;
                    }
                    at++;
                    whole = open.pop();
                }
                next(open.peek(), keys);
            }
        }

        private void push(Object collection, Deque<Object> open) throws MalformedException {
            if (open.size() == MAX_DEPTH) {
                throw new MalformedException("nested too deeply");
            }
            at++;
            open.push(collection);
        }

        @SuppressWarnings("unchecked")
        private static void put(Object value, @Nullable Object into, Deque<String> keys) {
            if (into instanceof List<?> list) {
                ((List<Object>) list).add(value);
            } else if (into instanceof Map<?, ?> map) {
                ((Map<String, Object>) map).put(keys.pop(), value);
            }
        }

        private boolean closes(@Nullable Object collection) {
            return peek() == (collection instanceof List ? ARRAY_CLOSE : TABLE_CLOSE)
                    && collection != null;
        }

        /** Reads the beginning of the next item: VAL in an array, VAR key VAL in a table. */
        private void next(@Nullable Object collection, Deque<String> keys)
                throws MalformedException {
            if (collection instanceof Map) {
                expect(VAR);
                allowance.entry();
                keys.push(text());
            }
            expect(VAL);
        }

        private String text() throws MalformedException {
            int from = at;
            while (at < bytes.length
                    && (bytes[at] < 0 || bytes[at] > ARRAY_CLOSE || bytes[at] == 0)) {
                at++;
            }
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, from, at - from))
                        .toString()
                        .replace("\0", ""); // nothing that MSDP knows
            } catch (CharacterCodingException e) {
                throw new MalformedException("not UTF-8");
            }
        }

        private void expect(int code) throws MalformedException {
            if (peek() != code) {
                throw new MalformedException("something is out of its place");
            }
            at++;
        }

        /** The next byte, or -1 at the end. */
        private int peek() {
            return at < bytes.length ? bytes[at] : -1;
        }
    }

    private static String commandName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return COMMANDS.contains(lower) ? "msdp_" + lower : name;
    }
}
