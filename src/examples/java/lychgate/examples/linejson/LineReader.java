package lychgate.examples.linejson;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Reader;
import java.util.function.IntSupplier;

/**
 * Reads lines, none longer than it may be, and none while it is held: what is not read stays in the
 * client's TCP connection.
 */
final class LineReader {
    /** Stands for a line that was too long and has been dropped. */
    static final String TOO_LONG = "\n";

    private final Reader in;
    private final IntSupplier maxLength;
    private boolean held;

    LineReader(Reader in, IntSupplier maxLength) {
        this.in = in;
        this.maxLength = maxLength;
    }

    /** The next line, {@link #TOO_LONG}, or null at the end. */
    @Nullable String next() throws IOException {
        waitWhileHeld();
        int most = maxLength.getAsInt();
        StringBuilder line = new StringBuilder();
        boolean tooLong = false;
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return tooLong ? TOO_LONG : line.toString();
            }
            tooLong |= line.length() == most;
            if (!tooLong) {
                line.append((char) c);
            }
        }
        return null;
    }

    /** Holds the reading, or goes on. Any thread may call. */
    synchronized void hold(boolean hold) {
        held = hold;
        notifyAll();
    }

    private synchronized void waitWhileHeld() throws IOException {
        try {
            while (held) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
