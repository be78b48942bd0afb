package lychgate.admin;

import lychgate.admin.trace.TraceStream;
import lychgate.session.Trace;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code trace ID}: answers with line after line, until the session or the operator has gone. It
 * has the thread of its connection to itself.
 */
final class TraceCommand {
    static final String NAME = "trace";

    /** Traces at a time: an operator looks at one or two. */
    static final int MAX_TRACES = 8;

    /** How often an operator who hears nothing is looked for. */
    private static final long LOOK_MILLIS = 2_000;

    private final Commands commands;
    private final AtomicInteger running = new AtomicInteger();

    TraceCommand(Commands commands) {
        this.commands = commands;
    }

    /** Takes the answers: writes them within a time, or fails. */
    interface Reader {
        /** Writes an answer; null is nothing to the operator. */
        void write(@Nullable Answer answer) throws IOException;
    }

    /** Carries it out with its arguments: the number, and {@code last}. */
    void run(Operator who, List<String> arguments, Reader reader) throws IOException {
        if (running.incrementAndGet() > MAX_TRACES) {
            running.decrementAndGet();
            reader.write(
                    Answer.refused(
                            "There are " + MAX_TRACES + " traces already: end one of them."));
            return;
        }
        try {
            trace(who, arguments, reader);
        } finally {
            running.decrementAndGet();
        }
    }

    private void trace(Operator who, List<String> arguments, Reader reader) throws IOException {
        String id = arguments.isEmpty() ? "" : arguments.getFirst();
        Trace trace = commands.trace(who, arguments);
        if (trace == null) {
            reader.write(
                    Answer.refused(
                            "There is no session " + id + ": lychgate sessions lists them."));
            return;
        }
        TraceStream stream = new TraceStream();
        trace.follow(stream, !arguments.contains("last"));
        try {
            while (!stream.isOver()) {
                TraceStream.Line line = stream.next(LOOK_MILLIS);
                reader.write(line == null ? null : Answer.of(line.text(), line.json()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            trace.leave(stream);
        }
    }
}
