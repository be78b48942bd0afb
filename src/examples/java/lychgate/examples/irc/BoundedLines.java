package lychgate.examples.irc;

import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Reads lines from a server that may be hostile: none is longer than IRC allows, and no more come
 * than the bot can use. Beyond that it waits, and so does the server, by TCP.
 */
final class BoundedLines {
    /** The longest line with message tags, in bytes: 8,191 of tags and 512 of the rest. */
    static final int MAX_LINE = 8_703;

    /** So many lines may come at once: the greeting of a server and the names of a channel. */
    static final int BURST = 1_000;

    /** Lines a second in the long run: ten times what people can read. */
    static final int LINES_PER_SECOND = 50;

    private static final long NANOS_PER_LINE = 1_000_000_000L / LINES_PER_SECOND;

    private final InputStream in;
    private final Meters meters;
    private final LongSupplier nanoTime;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;
    private long paidUntil; // the time at which all lines so far are allowed for

    BoundedLines(InputStream in, Meters meters, LongSupplier nanoTime) {
        this.in = in;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.paidUntil = nanoTime.getAsLong();
    }

    /**
     * The next line, without its end; null at the end of the stream. After a timeout it goes on
     * where it was.
     */
    @Nullable String next() throws IOException, InterruptedException {
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                String complete = line.toString(StandardCharsets.UTF_8);
                boolean dropped = tooLong;
                line.reset();
                tooLong = false;
                pace();
                if (dropped) {
                    meters.malformed("irc_line");
                } else {
                    return complete;
                }
            } else if (line.size() == MAX_LINE) {
                tooLong = true;
                line.reset(); // so that what is endless counts as lines, too
                pace();
            } else if (b != '\r' && b != 0) {
                line.write(b);
            }
        }
        return null;
    }

    private void pace() throws InterruptedException {
        long now = nanoTime.getAsLong();
        paidUntil = Math.max(paidUntil, now - BURST * NANOS_PER_LINE) + NANOS_PER_LINE;
        if (paidUntil > now) {
            meters.refused("irc_flood");
            Thread.sleep(Duration.ofNanos(paidUntil - now));
        }
    }
}
