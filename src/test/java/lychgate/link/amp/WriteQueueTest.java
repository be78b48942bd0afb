package lychgate.link.amp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.link.amp.WriteQueue.Urgency;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

class WriteQueueTest {
    private final WriteQueue queue = new WriteQueue();

    @Test
    void commandToAGameThatOwesNothingIsWrittenAtOnce() {
        assertTrue(adds("a", Urgency.COMMAND));
        writes("a");
        queue.answered();
        assertTrue(adds("b", Urgency.COMMAND));
        writes("b");
    }

    @Test
    void commandsToABusyGameLeaveTogetherWhenTheRoundIsOver() {
        adds("a", Urgency.COMMAND);
        writes("a");
        assertFalse(adds("b", Urgency.COMMAND));
        assertFalse(adds("c", Urgency.COMMAND));
        queue.answered();
        assertFalse(adds("d", Urgency.COMMAND)); // the game owes two
        assertTrue(queue.beginIfCommandWaits());
        writes("bcd");
        assertFalse(queue.beginIfCommandWaits());
    }

    @Test
    void answerWaitsForACommandAndForNoRound() {
        assertFalse(adds("answer ", Urgency.ANSWER));
        assertFalse(queue.beginIfCommandWaits());
        assertEquals(7, queue.waitingSince());
        assertTrue(adds("command", Urgency.COMMAND));
        writes("answer command");
        assertNull(queue.waitingSince());
    }

    @Test
    void whatIsUrgentTakesAlongWhatWaits() {
        adds("a", Urgency.COMMAND);
        writes("a");
        adds("b", Urgency.COMMAND);
        assertTrue(adds("!", Urgency.NOW));
        writes("b!");
        assertFalse(queue.beginIfCommandWaits());
    }

    @Test
    void asMuchAsAWriteTakesDoesNotWait() {
        adds("a", Urgency.COMMAND);
        writes("a");
        String half = "x".repeat(WriteQueue.MAX_WRITE / 2);
        assertFalse(adds(half, Urgency.COMMAND));
        assertTrue(adds(half, Urgency.COMMAND));
        writes(half + half);
    }

    @Test
    void boxIsNotTornApartAndOneThatIsLongerThanAWriteGoesAlone() {
        String most = "x".repeat(WriteQueue.MAX_WRITE);
        adds("a", Urgency.ANSWER);
        adds(most, Urgency.ANSWER);
        adds("b", Urgency.ANSWER);
        assertTrue(queue.begin());
        assertEquals("a", next());
        assertEquals(most, next());
        assertEquals("b", next());
        assertNull(queue.next());
        assertEquals(0, queue.unsent());
    }

    @Test
    void whoeverWritesTakesAlongWhatOthersBring() {
        assertTrue(adds("a", Urgency.NOW));
        assertEquals("a", next());
        assertFalse(adds("b", Urgency.NOW));
        assertEquals("b", next());
        assertNull(queue.next());
        assertTrue(queue.isFlushed());
    }

    @Test
    void restOfAWriteThatWasCutShortComesFirst() {
        adds("abc", Urgency.NOW);
        ByteBuffer bytes = Objects.requireNonNull(queue.next());
        bytes.get();
        queue.full(bytes);
        assertTrue(queue.isFull());
        assertFalse(adds("d", Urgency.NOW));
        assertFalse(queue.begin());
        assertTrue(queue.resume());
        writes("bc", "d");
        assertFalse(queue.resume());
    }

    @Test
    void brokenOneTakesNothingMore() {
        adds("a", Urgency.NOW);
        queue.broken();
        assertFalse(adds("b", Urgency.NOW));
        assertFalse(queue.begin());
        assertFalse(queue.resume());
        assertTrue(queue.isFlushed());
    }

    private boolean adds(String box, Urgency urgency) {
        return queue.add(box.getBytes(StandardCharsets.US_ASCII), urgency, 7);
    }

    private void writes(String... expected) {
        for (String each : expected) {
            assertEquals(each, next());
        }
        assertNull(queue.next());
    }

    private String next() {
        ByteBuffer bytes = queue.next();
        return bytes == null ? "" : StandardCharsets.US_ASCII.decode(bytes).toString();
    }
}
