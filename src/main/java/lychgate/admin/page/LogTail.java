package lychgate.admin.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The newest lines of the log. Any thread may call. */
public final class LogTail {
    /** Lines that are kept: what fits on a screen a few times. */
    static final int MAX_LINES = 200;

    /** Characters of a line: messages are one sentence. */
    static final int MAX_LENGTH = 400;

    private final Deque<Line> lines = new ArrayDeque<>();
    private long last;

    /** A line with its number. */
    public record Line(long number, String time, String level, String text) {}

    /** Creates an empty one. */
    public LogTail() {}

    /** Adds a line. */
    public synchronized void add(String time, String level, String text) {
        String begin = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        lines.add(new Line(++last, time, level, begin));
        if (lines.size() > MAX_LINES) {
            lines.remove();
        }
    }

    /** The lines behind that number. */
    public synchronized List<Line> since(long number) {
        List<Line> newer = new ArrayList<>();
        lines.forEach(
                line -> {
                    if (line.number > number || number > last) { // of a portal before this one
                        newer.add(line);
                    }
                });
        return newer;
    }
}
