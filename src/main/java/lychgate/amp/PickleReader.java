package lychgate.amp;

import lychgate.amp.PickleObjects.Call;
import lychgate.amp.PickleObjects.Global;
import lychgate.amp.Pickled.Bytes;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a pickle of any protocol, 0 to 5, as plain values. A pickle is a program for a stack
 * machine, described in Python's {@code pickletools}; here no class is loaded and nothing is
 * called. {@link PickleObjects} records what would be an object and then turns it into values.
 */
public final class PickleReader {
    /** Newest protocol. */
    private static final int MAX_PROTOCOL = 5;

    /**
     * Steps for each value that a pickle may hold: to write one takes CPython a value, a mark and a
     * place in the memo at most.
     */
    private static final int STEPS_PER_VALUE = 3;

    private final PickleInput in;
    private final PickleObjects objects = new PickleObjects();
    private final List<@Nullable Object> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, @Nullable Object> memo = new HashMap<>();
    private long stepsLeft;

    private PickleReader(byte[] bytes, int mostValues) {
        this.in = new PickleInput(bytes);
        this.stepsLeft = (long) mostValues * STEPS_PER_VALUE;
    }

    /**
     * Reads a pickle.
     *
     * @param mostValues most values it may hold; one that occurs more than once counts each time
     * @throws MalformedException if it is not a pickle, is cut off, or holds too much
     */
    public static @Nullable Object read(byte[] pickle, int mostValues) throws MalformedException {
        PickleReader reader = new PickleReader(pickle, mostValues);
        Object made = reader.run();
        return PickleObjects.plain(made, mostValues);
    }

    private @Nullable Object run() throws MalformedException {
        while (true) {
            int code = in.unsigned(1);
            if (code == '.') {
                return pop();
            }
            step(code);
        }
    }

    private void step(int code) throws MalformedException {
        switch (code) {
            case 0x80 -> protocol();
            case 0x95 -> in.skip(8); // FRAME: how much follows, which we know
            case '(' -> {
                count();
                marks.add(stack.size());
            }
            case '0' -> popOrMark();
            case '1' -> popToMark();
            case '2' -> push(top());
            case 'N' -> push(null);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'I', 'L', 'J', 'K', 'M', 0x8a, 0x8b -> push(in.whole(code));
            case 'F', 'G' -> push(in.real(code));
            case 'S', 'V', 'T', 'U', 'X', 0x8c, 0x8d -> push(in.text(code));
            case 'B', 'C', 0x8e, 0x96 -> push(new Bytes(in.take(in.length(code))));
            case ']', '}', 0x8f, ')', 'l', 'd', 't', 0x85, 0x86, 0x87, 0x91 -> container(code);
            case 'a', 'e', 's', 'u', 0x90 -> fill(code);
            case 'p', 'q', 'r', 0x94, 'g', 'h', 'j' -> memo(code);
            case 'c', 0x93, 0x82, 0x83, 0x84 -> push(global(code));
            case 'R', 'i', 'o', 0x81, 0x92, 'b' -> object(code);
            case 'P' -> {
                in.line();
                push(new Call("persistent", List.of()));
            }
            case 'Q' -> {
                pop();
                push(new Call("persistent", List.of()));
            }
            default -> throw new MalformedException("a pickle with an unknown opcode");
        }
    }

    private void protocol() throws MalformedException {
        if (in.unsigned(1) > MAX_PROTOCOL) {
            throw new MalformedException("a pickle of an unknown protocol");
        }
    }

    private void container(int code) throws MalformedException {
        push(
                switch (code) {
                    case ']' -> new ArrayList<>();
                    case '}' -> objects.map();
                    case 0x8f -> objects.items();
                    case ')' -> objects.tuple(List.of());
                    case 'l' -> popToMark();
                    case 'd' -> {
                        List<@Nullable Object> pairs = popToMark();
                        Object map = objects.map();
                        objects.put(map, pairs);
                        yield map;
                    }
                    case 't' -> objects.tuple(popToMark());
                    case 0x91 -> objects.items(popToMark());
                    default -> objects.tuple(pop(code - 0x84)); // one, two, three
                });
    }

    private void fill(int code) throws MalformedException {
        switch (code) {
            case 'a' -> {
                Object item = pop();
                objects.add(top(), Collections.singletonList(item));
            }
            case 'e', 0x90 -> {
                List<@Nullable Object> items = popToMark();
                objects.add(top(), items);
            }
            case 's' -> {
                List<@Nullable Object> pair = pop(2);
                objects.put(top(), pair);
            }
            default -> {
                List<@Nullable Object> pairs = popToMark();
                objects.put(top(), pairs);
            }
        }
    }

    private void memo(int code) throws MalformedException {
        count();
        switch (code) {
            case 'p' -> memo.put(in.index(), top());
            case 'q' -> memo.put(in.unsigned(1), top());
            case 'r' -> memo.put(in.unsigned(4), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'g' -> push(remembered(in.index()));
            case 'h' -> push(remembered(in.unsigned(1)));
            default -> push(remembered(in.unsigned(4)));
        }
    }

    private @Nullable Object remembered(int index) throws MalformedException {
        Object value = memo.get(index);
        if (value == null && !memo.containsKey(index)) {
            throw new MalformedException("a pickle that refers to an empty place of its memo");
        }
        return value;
    }

    private Global global(int code) throws MalformedException {
        return switch (code) {
            case 'c' -> Global.of(in.line(), in.line());
            case 0x93 -> {
                List<@Nullable Object> names = pop(2);
                if (names.getFirst() instanceof String module
                        && names.getLast() instanceof String name) {
                    yield Global.of(module, name);
                }
                throw new MalformedException("a pickle with a class without a name");
            }
            case 0x82 -> extension(1);
            case 0x83 -> extension(2);
            default -> extension(4);
        };
    }

    private Global extension(int bytes) throws MalformedException {
        return new Global("extension." + in.unsigned(bytes));
    }

    private void object(int code) throws MalformedException {
        switch (code) {
            case 'R' -> {
                List<@Nullable Object> call = pop(2);
                push(objects.call(call.getFirst(), call.getLast()));
            }
            case 0x81 -> {
                List<@Nullable Object> made = pop(2);
                push(objects.make(made.getFirst(), made.getLast()));
            }
            case 0x92 -> {
                List<@Nullable Object> made = pop(3);
                push(objects.make(made.getFirst(), made.get(1)));
            }
            case 'i' -> {
                Global type = Global.of(in.line(), in.line());
                push(objects.call(type, objects.tuple(popToMark())));
            }
            case 'o' -> {
                List<@Nullable Object> call = popToMark();
                if (call.isEmpty()) {
                    throw new MalformedException("a pickle with an object of no class");
                }
                push(objects.call(call.getFirst(), objects.tuple(call.subList(1, call.size()))));
            }
            default -> {
                Object state = pop();
                objects.build(top(), state);
            }
        }
    }

    // The stack.

    private void push(@Nullable Object value) throws MalformedException {
        count();
        stack.add(value);
    }

    /**
     * Called before anything is created that stays: what a pickle creates is bounded while it is
     * read.
     */
    private void count() throws MalformedException {
        if (--stepsLeft < 0) {
            throw new MalformedException("a pickle that holds too much");
        }
    }

    private @Nullable Object top() throws MalformedException {
        need(1);
        return stack.getLast();
    }

    private @Nullable Object pop() throws MalformedException {
        need(1);
        return stack.removeLast();
    }

    private List<@Nullable Object> pop(int count) throws MalformedException {
        need(count);
        return cut(stack.size() - count);
    }

    private List<@Nullable Object> popToMark() throws MalformedException {
        if (marks.isEmpty()) {
            throw new MalformedException("a pickle without a mark");
        }
        return cut(marks.removeLast());
    }

    private void popOrMark() throws MalformedException {
        if (!marks.isEmpty() && marks.getLast() == stack.size()) {
            marks.removeLast();
        } else {
            pop();
        }
    }

    /** Requires values above the last mark: those below belong to a later opcode. */
    private void need(int count) throws MalformedException {
        int floor = marks.isEmpty() ? 0 : marks.getLast();
        if (stack.size() - count < floor) {
            throw new MalformedException("a pickle with too little on its stack");
        }
    }

    private List<@Nullable Object> cut(int from) {
        List<@Nullable Object> tail = stack.subList(from, stack.size());
        List<@Nullable Object> cut = new ArrayList<>(tail);
        tail.clear();
        return cut;
    }
}
