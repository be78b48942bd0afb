package lychgate.transport.ssh;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * What a client has sent and nobody has dealt with, given out in portions. Its channel's window
 * bounds it. On the mailbox.
 */
final class ShellInput {
    /** Bytes of input that are dealt with before output and limits get their turn. */
    static final int PORTION = 1024;

    private final Deque<byte[]> waiting = new ArrayDeque<>(2);
    private int size;

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Bytes that wait. */
    int size() {
        return size;
    }

    /** Bytes that come one by one are joined: each by itself would weigh many times as much. */
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

    /** The next portion; null if nothing waits. */
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
