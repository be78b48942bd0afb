package lychgate.testing;

import lychgate.admin.trace.TraceStream;
import lychgate.session.Trace;

import java.util.ArrayList;
import java.util.List;

/** What a trace tells, as an operator is shown it, without the times. */
public final class Traced {
    private static final long PATIENCE_MILLIS = Await.PATIENCE_SECONDS * 1_000L;

    private Traced() {}

    /** What has been kept of a session. */
    public static List<String> last(Trace trace) {
        TraceStream stream = new TraceStream();
        trace.follow(stream, false);
        List<String> lines = new ArrayList<>();
        try {
            while (!stream.isOver()) {
                TraceStream.Line line = stream.next(PATIENCE_MILLIS);
                if (line != null) { // otherwise it has just ended
                    lines.add(line.text().strip().split(" ", 2)[1]);
                } else if (!stream.isOver()) {
                    throw new AssertionError("the trace does not end: " + lines);
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return lines;
    }
}
