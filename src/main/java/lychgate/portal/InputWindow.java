package lychgate.portal;

import lychgate.session.CommandTuple;
import lychgate.session.Weight;

/**
 * The input of a session that the game has not finished: bounded, because all of it is kept while
 * the game is away or slow. When the window is full, the client is not read, and what it sends
 * stays in its TCP connection, until half of the window is done.
 *
 * <p>Any thread may call. No foreign code runs under the lock: callers that learn of a change pass
 * it on themselves.
 */
final class InputWindow {
    /** Most outstanding commands: a page of pasted text. */
    static final int MAX_COMMANDS = 64;

    /** Most bytes in memory of outstanding commands: small enough for ten thousand sessions. */
    static final int MAX_BYTES = 32 * 1024;

    private int[] sizes = new int[4]; // a ring buffer
    private int oldest;
    private int commands;
    private int bytes;
    private boolean full;

    /** Adds a command; whether the window has become full by it. */
    synchronized boolean handedOver(CommandTuple command) {
        int size = Weight.of(command);
        add(size);
        bytes += size;
        if (full || (commands < MAX_COMMANDS && bytes < MAX_BYTES)) {
            return false;
        }
        full = true;
        return true;
    }

    /**
     * Removes the oldest commands, which are done; whether the window is no longer full by that.
     */
    synchronized boolean consumed(int done) {
        for (int i = 0; i < done && commands > 0; i++) {
            bytes -= sizes[oldest];
            oldest = (oldest + 1) % sizes.length;
            commands--;
        }
        if (full && commands <= MAX_COMMANDS / 2 && bytes <= MAX_BYTES / 2) {
            full = false;
            return true;
        }
        return false;
    }

    private void add(int size) {
        if (commands == sizes.length) {
            int[] larger = new int[2 * commands];
            for (int i = 0; i < commands; i++) {
                larger[i] = sizes[(oldest + i) % commands];
            }
            sizes = larger;
            oldest = 0;
        }
        sizes[(oldest + commands) % sizes.length] = size;
        commands++;
    }

    /** Whether the window is full, and the client must not be read. */
    synchronized boolean full() {
        return full;
    }

    /** The number of outstanding commands. */
    synchronized int commands() {
        return commands;
    }

    /** The size of the outstanding commands in bytes. */
    synchronized int bytes() {
        return bytes;
    }
}
