package lychgate.telnet;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Finds the lines in what a client types. A line ends with CR LF, CR NUL, CR or LF, however these
 * are cut into reads; a NUL anywhere else is dropped (KildClient sends one after each TTYPE
 * answer). Not thread safe.
 *
 * <p>A line that is too long is dropped to its end and reported once, so that its sender can be
 * told.
 */
public final class LineAssembler {
    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final byte NUL = 0;

    /** What was found in a run of data. */
    public sealed interface Found {
        /** A whole line, without its end, in the bytes of the connection's character set. */
        record Line(byte[] bytes) implements Found {}

        /** A line that was longer than it may be; it is gone. */
        record TooLong() implements Found {}
    }

    private final int maxBytes;
    private final ByteBuilder line = new ByteBuilder();
    private boolean afterCr;
    private boolean discarding;

    /**
     * @param maxBytes bytes that a line may have; 0: no bound
     */
    public LineAssembler(int maxBytes) {
        this.maxBytes = maxBytes == 0 ? Integer.MAX_VALUE : maxBytes;
    }

    /** The next line in the data, or null when no line ends there any more. */
    public @Nullable Found next(ByteBuffer data) {
        while (data.hasRemaining()) {
            byte b = data.get();
            boolean belongsToCr = afterCr && (b == LF || b == NUL);
            afterCr = b == CR;
            if (belongsToCr || b == NUL) {
                continue;
            }
            if (b == CR || b == LF) {
                return end();
            }
            if (line.size() == maxBytes) {
                discarding = true;
                line.clear();
            }
            if (!discarding) {
                line.add(b);
            }
        }
        return null;
    }

    /** Bytes of a line that has not ended yet. */
    public int pending() {
        return line.size();
    }

    /** Takes back the last character typed (telnet EC); a whole UTF-8 sequence is one. */
    public void eraseCharacter() {
        while ((line.last() & 0xc0) == 0x80) {
            line.removeLast();
        }
        line.removeLast();
    }

    /** Takes back the line typed so far (telnet EL). */
    public void eraseLine() {
        line.clear();
        discarding = false;
    }

    private Found end() {
        if (discarding) {
            discarding = false;
            return new Found.TooLong();
        }
        return new Found.Line(line.take());
    }
}
