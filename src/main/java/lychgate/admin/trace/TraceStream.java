package lychgate.admin.trace;

import lychgate.session.Trace;
import lychgate.session.Trace.Event;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The events of one session on their way to an operator. They wait here while the operator does not
 * read; nobody waits for the operator: what does not fit is left out, and said to be.
 */
public final class TraceStream implements Trace.Follower {
    /** Most bytes that wait: some thousand events. */
    static final int MAX_WAITING = 256 << 10;

    /** What an event takes beside its payload. */
    private static final int EVENT = 64;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    private final Instant now = Instant.now();
    private final long nanoNow = System.nanoTime();
    private final Deque<Event> waiting = new ArrayDeque<>(); // guarded by this
    private int waitingBytes;
    private int leftOut;
    private boolean ended;

    /**
     * One line of a trace.
     *
     * @param text for people
     * @param json for scripts
     */
    public record Line(String text, Script json) {}

    /** The same for scripts. */
    public record Script(String time, String from, String kind, String text, int bytes) {}

    /** Creates a stream without events. */
    public TraceStream() {}

    @Override
    public synchronized void happened(Event event) {
        int size = EVENT + event.payload().length;
        if (waitingBytes + size > MAX_WAITING) {
            leftOut++;
            return;
        }
        waitingBytes += size;
        waiting.add(event);
        notifyAll();
    }

    @Override
    public synchronized void ended() {
        ended = true;
        notifyAll();
    }

    /** Whether nothing more comes, and everything has been taken. */
    public synchronized boolean isOver() {
        return ended && waiting.isEmpty() && leftOut == 0;
    }

    /** Takes the next line; null if there is none within that time, or none at all any more. */
    public synchronized @Nullable Line next(long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (waiting.isEmpty() && leftOut == 0 && !ended) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
        Event event = waiting.poll();
        if (event != null) {
            waitingBytes -= EVENT + event.payload().length;
            return line(event);
        }
        if (leftOut > 0) {
            String words = "(" + leftOut + " events left out: they were not read in time)";
            leftOut = 0;
            return new Line(
                    "- " + words + "\n", new Script(now().toString(), "", "note", words, 0));
        }
        return null;
    }

    private Line line(Event event) {
        Instant when = now.plusNanos(event.nanoTime() - nanoNow);
        String text = TraceText.of(event);
        return new Line(
                TIME.format(when) + " " + text + "\n",
                new Script(
                        when.toString(),
                        event.fromClient() ? "client" : "portal",
                        event.kind().name().toLowerCase(Locale.ROOT),
                        text.substring(2),
                        event.payload().length + event.left()));
    }

    private static Instant now() {
        return Instant.now();
    }
}
