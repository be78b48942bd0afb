package lychgate.admin.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.Trace.Event;
import lychgate.session.Trace.Kind;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

class TraceStreamTest {
    private final TraceStream stream = new TraceStream();

    @Test
    void eventsComeInTheirOrderAndThenTheEnd() throws InterruptedException {
        stream.happened(event("one"));
        stream.happened(event("two"));
        stream.ended();
        assertTrue(text().endsWith(" < \"one\"\n"));
        assertTrue(text().endsWith(" < \"two\"\n"));
        assertTrue(stream.isOver());
        assertNull(stream.next(0));
    }

    @Test
    void whatIsNotReadInTimeIsLeftOutAndSaidToBe() throws InterruptedException {
        Event large = event("x".repeat(TraceStream.MAX_WAITING / 2 - 64));
        stream.happened(large);
        stream.happened(large);
        stream.happened(large);
        stream.happened(large);
        text();
        text();
        assertEquals("- (2 events left out: they were not read in time)\n", text());
        stream.happened(event("again"));
        assertTrue(text().endsWith(" < \"again\"\n"));
    }

    private String text() throws InterruptedException {
        return Objects.requireNonNull(stream.next(1)).text();
    }

    private static Event event(String text) {
        return new Event(
                System.nanoTime(), true, Kind.DATA, text.getBytes(StandardCharsets.UTF_8), 0);
    }
}
