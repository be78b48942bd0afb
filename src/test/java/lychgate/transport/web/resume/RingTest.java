package lychgate.transport.web.resume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.LongStream;

class RingTest {
    private final Ring<String> ring = new Ring<>();

    private void adds(int count, int weight) {
        for (int i = 0; i < count; i++) {
            ring.add("output " + (ring.last() + 1), weight);
        }
    }

    private List<Long> numbers(long after) {
        return ring.after(after).outputs().stream().map(Ring.Output::number).toList();
    }

    @Test
    void outputsAreNumberedFromOne() {
        assertEquals(0, ring.last());
        assertEquals(1, ring.add("a", 10));
        assertEquals(2, ring.add("b", 10));
        assertEquals(2, ring.last());
        assertEquals(List.of(1L, 2L), numbers(0));
        assertEquals(List.of(2L), numbers(1));
        assertEquals(List.of(), numbers(2));
    }

    @Test
    void whatIsAcknowledgedIsKeptNoMore() {
        adds(3, 10);
        ring.acknowledged(2);
        assertEquals(List.of(3L), numbers(2));
        assertEquals(10 + Ring.OVERHEAD, ring.bytes());
        ring.acknowledged(3);
        assertEquals(0, ring.bytes());
        assertEquals(0, ring.after(3).gap());
    }

    @Test
    void oldestOfTooManyAreLostAndTheirNumberIsTold() {
        adds(Ring.MAX_OUTPUTS + 5, 10);
        Ring.Missed<String> missed = ring.after(2);
        assertEquals(3, missed.gap());
        assertEquals(LongStream.rangeClosed(6, Ring.MAX_OUTPUTS + 5).boxed().toList(), numbers(2));
        assertEquals(0, ring.after(5).gap());
    }

    @Test
    void bytesAreBounded() {
        adds(100, 10_000);
        assertTrue(ring.bytes() <= Ring.MAX_BYTES);
        assertEquals(100 - numbers(0).size(), ring.after(0).gap());
        assertEquals(Ring.MAX_BYTES / (10_000 + Ring.OVERHEAD), numbers(0).size());
    }

    @Test
    void outputThatIsLargerThanAllIsLostAtOnce() {
        ring.add("a", Ring.MAX_BYTES + 1);
        assertEquals(0, ring.bytes());
        assertEquals(new Ring.Missed<>(1, List.of()), ring.after(0));
    }

    @Test
    void outputsThatNeverCameInAreLostInTheMiddle() {
        adds(2, 10);
        ring.lost(3);
        adds(1, 10);
        assertEquals(3, ring.after(0).gap());
        assertEquals(List.of(1L, 2L, 6L), numbers(0));
        assertEquals(0, ring.after(5).gap());
    }

    @Test
    void whoComesBackBehindWhatItHasAcknowledgedIsToldTheGap() {
        adds(10, 10);
        ring.acknowledged(7);
        assertEquals(3, ring.after(4).gap());
        assertEquals(List.of(8L, 9L, 10L), numbers(4));
    }
}
