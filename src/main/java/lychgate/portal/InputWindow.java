package lychgate.portal;

import lychgate.session.CommandTuple;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * What a session has handed to the game and the game is not done with: bounded, because while the
 * game is away or slow all of it is kept. When it is full the client is not read, and what it sends
 * stays in its TCP connection, until half is done.
 *
 * <p>Any thread may call. That the client is held is said under the lock, so that it cannot be said
 * in the wrong order.
 */
final class InputWindow {
    /** Commands that may be outstanding: a page of pasted text. */
    static final int MAX_COMMANDS = 64;

    /** Bytes that they may have, as UTF-8: what ten thousand sessions have fits into memory. */
    static final int MAX_BYTES = 16 * 1024;

    /** What a value that is no text counts for. */
    private static final int BYTES_OF_A_NUMBER = 8;

    /** Stops reading from the client, or goes on. */
    interface Hold {
        /** Whether it is held from now on. */
        void input(boolean held);
    }

    private final Hold hold;
    private final Deque<Integer> sizes = new ArrayDeque<>(4);
    private int bytes;
    private boolean full;

    InputWindow(Hold hold) {
        this.hold = hold;
    }

    /** A command is handed to the game; whether the client is held from now on. */
    synchronized boolean handedOver(CommandTuple command) {
        int size = size(command.name()) + size(command.args()) + size(command.kwargs());
        sizes.add(size);
        bytes += size;
        if (full || (sizes.size() < MAX_COMMANDS && bytes < MAX_BYTES)) {
            return false;
        }
        full = true;
        hold.input(true);
        return true;
    }

    /** The game is done with the oldest commands. */
    synchronized void consumed(int commands) {
        for (int i = 0; i < commands && !sizes.isEmpty(); i++) {
            bytes -= sizes.remove();
        }
        if (full && sizes.size() <= MAX_COMMANDS / 2 && bytes <= MAX_BYTES / 2) {
            full = false;
            hold.input(false);
        }
    }

    /** Commands that the game is not done with. */
    synchronized int commands() {
        return sizes.size();
    }

    /** Bytes that they have. */
    synchronized int bytes() {
        return bytes;
    }

    private static int utf8(String text) {
        int size = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            size += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return size;
    }

    private static int size(@Nullable Object value) {
        return switch (value) {
            case String text -> utf8(text);
            case List<?> items -> size(items);
            case Map<?, ?> entries -> size(entries.keySet()) + size(entries.values());
            case null, default -> BYTES_OF_A_NUMBER;
        };
    }

    private static int size(Collection<?> values) {
        int size = 0;
        for (Object value : values) {
            size += size(value);
        }
        return size;
    }
}
