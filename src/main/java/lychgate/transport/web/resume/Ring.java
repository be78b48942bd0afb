package lychgate.transport.web.resume;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last outputs of a session, numbered from 1, until the client has acknowledged them. Bounded:
 * of too many, the oldest are dropped, and a client that misses them is told how many.
 *
 * @param <V> an output; not bytes, because a client that comes back may be shown it differently
 */
public final class Ring<V> {
    /** Maximum number of outputs. */
    static final int MAX_OUTPUTS = 2_000;

    /** Maximum size of all outputs in bytes. */
    static final int MAX_BYTES = 256 * 1024;

    /** What each takes besides its value: the record, and its slot. */
    static final int OVERHEAD = 32;

    private final Deque<Output<V>> held = new ArrayDeque<>(2);
    private long last;
    private int bytes;

    /**
     * One output.
     *
     * @param bytes its size in memory
     */
    public record Output<V>(long number, V value, int bytes) {}

    /**
     * What a client has missed.
     *
     * @param gap how many outputs are lost
     * @param outputs those that are left, in order
     */
    public record Missed<V>(long gap, List<Output<V>> outputs) {}

    /**
     * Adds an output.
     *
     * @param weight its size in memory, in bytes
     * @return its number
     */
    public long add(V value, int weight) {
        Output<V> output = new Output<>(++last, value, weight + OVERHEAD);
        held.add(output);
        bytes += output.bytes;
        while (held.size() > MAX_OUTPUTS || bytes > MAX_BYTES) {
            bytes -= held.remove().bytes;
        }
        return last;
    }

    /** So many outputs were lost before they could be added: they have numbers all the same. */
    public void lost(long count) {
        last += count;
    }

    /** The client has shown all outputs up to that number. */
    public void acknowledged(long number) {
        while (!held.isEmpty() && held.element().number <= number) {
            bytes -= held.remove().bytes;
        }
    }

    /** The number of the last output; 0 before the first. */
    public long last() {
        return last;
    }

    /** The size of all outputs that are kept, in bytes. */
    public int bytes() {
        return bytes;
    }

    /** What a client has missed that has shown all outputs up to that number. */
    public Missed<V> after(long number) {
        List<Output<V>> left = held.stream().filter(each -> each.number > number).toList();
        return new Missed<>(Math.max(0, last - number - left.size()), left);
    }
}
