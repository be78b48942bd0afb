package lychgate.portal;

import lychgate.session.CommandTuple;
import lychgate.session.Weight;

/**
 * What a session has handed to the game and the game is not done with: bounded, because while the
 * game is away or slow all of it is kept. When it is full the client is not read, and what it sends
 * stays in its TCP connection, until half is done.
 *
 * <p>Any thread may call. Nothing else is called under the lock: who learns here that the window is
 * full, or no longer, passes that on.
 */
final class InputWindow {
    /** Commands that may be outstanding: a page of pasted text. */
    static final int MAX_COMMANDS = 64;

    /** Bytes that they may weigh in memory: what ten thousand sessions have fits into it. */
    static final int MAX_BYTES = 32 * 1024;

    private int[] sizes = new int[4]; // a ring
    private int oldest;
    private int commands;
    private int bytes;
    private boolean full;

    /** A command is handed to the game; whether the window is full from now on. */
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

    /** The game is done with the oldest commands; whether the window is no longer full by that. */
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

    /** Whether the client is not to be read. */
    synchronized boolean full() {
        return full;
    }

    /** Commands that the game is not done with. */
    synchronized int commands() {
        return commands;
    }

    /** Bytes that they weigh. */
    synchronized int bytes() {
        return bytes;
    }
}
