package lychgate.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.plugin.Limits;
import lychgate.plugin.MemoryBudget;
import lychgate.session.CommandTuple;
import lychgate.session.Weight;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

class SendQueueTest {
    private static final int MAX_UNSENT = 1024 * 1024;
    private static final int KIB = 1024;

    private final List<String> events = new ArrayList<>();
    private final List<Integer> writes = new ArrayList<>();
    private final MemoryBudget budget = new MemoryBudget(Long.MAX_VALUE / 4, () -> 0);
    private final SendQueue queue = new SendQueue(() -> MAX_UNSENT, budget, new Recorded());

    @Test
    void oneWriteIsUnderWayAndTheRestIsJoinedIntoTheNext() {
        sends(1);
        writes();
        sends(2, 3);
        writes();
        sends(4);
        assertEquals(List.of(1), writes);
        arrives();
        assertEquals(List.of(1, 9), writes);
        arrives();
        assertEquals(List.of(1, 9), writes);
        assertEquals(0, queue.unsent());
    }

    @Test
    void joinedBytesKeepTheirOrder() {
        queue.add(new byte[] {1, 2});
        queue.add(new byte[] {3});
        queue.add(new byte[] {4, 5});
        byte[] bytes = queue.next();
        assertEquals("[1, 2, 3, 4, 5]", Arrays.toString(bytes));
    }

    @Test
    void writesAreJoinedToNoMoreThanARecordOfTlsHolds() {
        sends(10 * KIB, 6 * KIB, 1, 20 * KIB, 1);
        writes();
        for (int i = 0; i < 4; i++) {
            arrives();
        }
        assertEquals(List.of(16 * KIB, 1, 20 * KIB, 1), writes);
    }

    @Test
    void nothingIsNotSent() {
        sends(0);
        assertNull(queue.next());
    }

    @Test
    void bytesCountFromTheMomentAtWhichTheyAreHandedOver() {
        queue.reserve(Limits.UNWRITABLE_BYTES, 1);
        assertEquals(List.of(), events);
        queue.reserve(1, 1);
        assertEquals(List.of("unwritable"), events);
        assertEquals(Limits.UNWRITABLE_BYTES + 1, queue.unsent());
        assertEquals(Limits.UNWRITABLE_BYTES + 1, budget.kept());
        sends(Limits.WRITABLE_BYTES);
        queue.release(Limits.UNWRITABLE_BYTES + 1);
        assertEquals(List.of("unwritable", "writable"), events);
        assertEquals(Limits.WRITABLE_BYTES, budget.kept());
    }

    @Test
    void textCountsItsCharactersAndAllElseWhatItWeighs() {
        long nothing = SendQueue.size(List.of(CommandTuple.text("")));
        assertEquals(nothing + 5, SendQueue.size(List.of(CommandTuple.text("hello"))));
        List<Object> map = List.of(List.of("north", "south"));
        assertEquals(
                Weight.of(map.getFirst()) + nothing,
                SendQueue.size(List.of(CommandTuple.of("room", List.of("north", "south")))));
    }

    @Test
    void clientIsBehindAbove256KiBAndHasCaughtUpAtAQuarterOfIt() {
        sends(Limits.UNWRITABLE_BYTES - 1, 1);
        assertEquals(List.of(), events);
        sends(1);
        writes(); // the large one alone
        assertEquals(List.of("unwritable"), events);
        sends(Limits.WRITABLE_BYTES - 2);
        arrives();
        assertEquals(List.of("unwritable", "writable"), events);
    }

    @Test
    void clientIsStillBehindJustAboveAQuarter() {
        sends(Limits.UNWRITABLE_BYTES, 1);
        writes();
        sends(Limits.WRITABLE_BYTES);
        arrives();
        assertEquals(List.of("unwritable"), events);
    }

    @Test
    void burstAboveTheLimitIsNotTheDeathOfAClientThatReads() {
        sends(4 * MAX_UNSENT);
        long taken = 0;
        for (int second = 0; second < 10; second++) {
            queue.review(seconds(second), taken);
            taken += MAX_UNSENT / 8;
        }
        assertEquals(List.of("unwritable"), events);
    }

    @Test
    void clientAboveTheLimitThatTakesTooLittleMustGo() {
        sends(MAX_UNSENT + 1);
        queue.review(seconds(0), 0);
        queue.review(seconds(1), 100);
        assertEquals(List.of("unwritable"), events);
        queue.review(seconds(2), MAX_UNSENT / 8 - 1);
        assertEquals(List.of("unwritable", "overflowed unsent"), events);
    }

    @Test
    void graceBeginsAnewForAClientThatHasCaughtUp() {
        sends(MAX_UNSENT, 1);
        writes();
        queue.review(seconds(0), 0);
        arrives(); // the large one
        queue.review(seconds(1), MAX_UNSENT);
        sends(MAX_UNSENT);
        queue.review(seconds(2), MAX_UNSENT);
        queue.review(seconds(3), MAX_UNSENT);
        assertEquals(List.of("unwritable", "writable", "unwritable"), events);
    }

    @Test
    void eightTimesTheLimitIsTooMuchAtOnceAndNothingMoreIsTaken() {
        sends(8 * MAX_UNSENT);
        assertEquals(List.of("unwritable"), events);
        sends(1, 1);
        assertEquals(List.of("unwritable", "overflowed unsent"), events);
        assertEquals(8 * MAX_UNSENT + 1, queue.unsent());
        assertFalse(queue.reserve(1, 1));
        queue.discard();
        assertNull(queue.next());
        assertEquals(0, budget.kept());
    }

    @Test
    void whatIsHandedOverCountsForThatToo() {
        assertTrue(queue.reserve(8 * MAX_UNSENT, 1));
        assertTrue(queue.reserve(1, 1));
        assertFalse(queue.reserve(1, 1));
        assertEquals(List.of("unwritable", "overflowed unsent"), events);
    }

    @Test
    void oneThatHasTheMostOfTooMuchMustGo() {
        queue.giveUp();
        assertEquals(List.of("overflowed memory"), events);
    }

    @Test
    void whatAClientHasBegunToSendCountsForTheBudgetAlone() {
        queue.bufferedInput(Limits.UNWRITABLE_BYTES + 1);
        queue.bufferedInput(70_000);
        assertEquals(70_000, budget.kept());
        assertEquals(70_000, queue.kept());
        assertEquals(0, queue.unsent());
        assertEquals(List.of(), events);
        queue.discard();
        assertEquals(0, budget.kept());
    }

    @Test
    void whatIsForgottenIsGivenBackToTheBudget() {
        sends(10, 20 * KIB);
        writes();
        queue.reserve(5, 1);
        queue.discard();
        assertEquals(5, budget.kept());
        queue.release(5);
        assertEquals(0, budget.kept());
        assertEquals(0, queue.sent());
        assertEquals(0, queue.unsent());
    }

    @Test
    void endIsToldOnceWhenAllHasBeenSent() {
        sends(1);
        writes();
        sends(2);
        queue.close();
        sends(4);
        arrives();
        assertEquals(List.of(), events);
        arrives();
        writes();
        assertEquals(List.of("drained"), events);
        assertEquals(List.of(1, 2), writes);
    }

    @Test
    void endIsToldAtOnceWhereNothingIsToBeSent() {
        queue.close();
        writes();
        assertEquals(List.of("drained"), events);
    }

    @Test
    void freshConnectionIsNeverStalled() {
        queue.review(seconds(0), 0);
        queue.review(seconds(1_000_000), 0);
        assertEquals(List.of(), events);
    }

    @Test
    void firstLookAtBytesThatWaitIsNoStall() {
        sends(1);
        queue.review(seconds(1_000_000), 0);
        assertEquals(List.of(), events);
    }

    @Test
    void clientThatTakesNothingForAMinuteIsStalled() {
        sends(1);
        queue.review(seconds(100), 7);
        queue.review(seconds(160), 7);
        assertEquals(List.of(), events);
        queue.review(seconds(160) + 1, 7);
        assertEquals(List.of("overflowed stalled"), events);
    }

    @Test
    void clientThatTakesAByteNowAndThenIsNotStalled() {
        sends(1);
        for (int i = 0; i < 10; i++) {
            queue.review(seconds(59L * i), i);
        }
        assertEquals(List.of(), events);
    }

    @Test
    void minuteBeginsWhenThereIsSomethingToBeTaken() {
        queue.review(seconds(0), 7);
        sends(1);
        queue.review(seconds(59), 7);
        queue.review(seconds(60), 7);
        assertEquals(List.of(), events);
    }

    private void sends(int... sizes) {
        for (int size : sizes) {
            queue.add(new byte[size]);
        }
    }

    private void writes() {
        byte[] bytes = queue.next();
        if (bytes != null) {
            writes.add(bytes.length);
        }
    }

    /** What is under way has been written. */
    private void arrives() {
        queue.sent();
        writes();
    }

    @Test
    void outputThatIsDroppedForAConnectionThatIsGivenUpIsCounted() {
        queue.reserve(9L * MAX_UNSENT, 1);
        assertFalse(queue.reserve(1, 3));
        assertFalse(queue.reserve(1, 4));
        assertEquals(7, queue.clear());
        assertTrue(queue.reserve(1, 1));
        assertEquals(0, queue.clear());
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private final class Recorded implements SendQueue.Events {
        @Override
        public void writable(boolean writable) {
            events.add(writable ? "writable" : "unwritable");
        }

        @Override
        public void overflowed(String limit) {
            events.add("overflowed " + limit);
        }

        @Override
        public void drained() {
            events.add("drained");
        }
    }
}
