package lychgate.transport.ssh;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Unprocessed input of a client, returned in portions. Bounded by the channel's window. Used on the
 * mailbox.
 */
final class ShellInput {
    /** Maximum bytes of a portion; after each, output and other tasks have their turn. */
    static final int PORTION = 1024;

    private final Deque<byte[]> waiting = new ArrayDeque<>(2);
    private int size;

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Number of unprocessed bytes. */
    int size() {
        return size;
    }

    /**
     * Appends bytes. Small pieces are joined, as an array for each would take many times the
     * memory.
     */
    void add(byte[] bytes) {
        byte[] last = waiting.peekLast();
        if (last != null && last.length + bytes.length <= PORTION) {
            waiting.removeLast();
            byte[] joined = Arrays.copyOf(last, last.length + bytes.length);
            System.arraycopy(bytes, 0, joined, last.length, bytes.length);
            waiting.add(joined);
        } else {
            waiting.add(bytes);
        }
        size += bytes.length;
    }

    /** Takes the next portion; null if there is none. */
    byte @Nullable [] next() {
        byte[] bytes = waiting.poll();
        if (bytes == null) {
            return null;
        }
        if (bytes.length > PORTION) {
            waiting.addFirst(Arrays.copyOfRange(bytes, PORTION, bytes.length));
            bytes = Arrays.copyOf(bytes, PORTION);
        }
        size -= bytes.length;
        return bytes;
    }

    void clear() {
        waiting.clear();
        size = 0;
    }
}
