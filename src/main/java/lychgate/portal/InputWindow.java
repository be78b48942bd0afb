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

    /** Characters that they may have: what ten thousand sessions have then fits into memory. */
    static final int MAX_CHARACTERS = 16 * 1024;

    /** What a value that is no text counts for. */
    private static final int CHARACTERS_OF_A_NUMBER = 8;

    /** Stops reading from the client, or goes on. */
    interface Hold {
        /** Whether it is held from now on. */
        void input(boolean held);
    }

    private final Hold hold;
    private final Deque<Integer> sizes = new ArrayDeque<>(4);
    private int characters;
    private boolean full;

    InputWindow(Hold hold) {
        this.hold = hold;
    }

    /** A command is handed to the game; whether the client is held from now on. */
    synchronized boolean handedOver(CommandTuple command) {
        int size = command.name().length() + size(command.args()) + size(command.kwargs());
        sizes.add(size);
        characters += size;
        if (full || (sizes.size() < MAX_COMMANDS && characters < MAX_CHARACTERS)) {
            return false;
        }
        full = true;
        hold.input(true);
        return true;
    }

    /** The game is done with the oldest commands. */
    synchronized void consumed(int commands) {
        for (int i = 0; i < commands && !sizes.isEmpty(); i++) {
            characters -= sizes.remove();
        }
        if (full && sizes.size() <= MAX_COMMANDS / 2 && characters <= MAX_CHARACTERS / 2) {
            full = false;
            hold.input(false);
        }
    }

    private static int size(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length();
            case List<?> items -> size(items);
            case Map<?, ?> entries -> size(entries.keySet()) + size(entries.values());
            case null, default -> CHARACTERS_OF_A_NUMBER;
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
