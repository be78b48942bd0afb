package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.plugin.Limits;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.DummySession;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.apache.mina.core.write.WriteRequest;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

class OutboxTest {
    private static final int MAX_UNSENT = 1024 * 1024;
    private static final int KIB = 1024;

    private final List<String> events = new ArrayList<>();
    private final List<Integer> writes = new ArrayList<>();
    private final Outbox outbox = new Outbox(MAX_UNSENT, new Recorded());
    private final IoFilterChain chain = new DummySession().getFilterChain();

    OutboxTest() {
        chain.addLast("wire", new Cable());
        chain.addLast("outbox", outbox);
    }

    @Test
    void oneWriteIsUnderWayAndTheRestIsJoinedIntoTheNext() {
        sends(1);
        outbox.flush();
        sends(2, 3);
        outbox.flush();
        sends(4);
        assertEquals(List.of(1), writes);
        arrives();
        assertEquals(List.of(1, 9), writes);
        arrives();
        assertEquals(List.of(1, 9), writes);
        assertEquals(0, outbox.unsent());
    }

    @Test
    void writesAreJoinedToNoMoreThanARecordOfTlsHolds() {
        sends(10 * KIB, 6 * KIB, 1, 20 * KIB, 1);
        outbox.flush();
        for (int i = 0; i < 4; i++) {
            arrives();
        }
        assertEquals(List.of(16 * KIB, 1, 20 * KIB, 1), writes);
    }

    @Test
    void nothingIsNotSent() {
        sends(0);
        outbox.flush();
        assertEquals(List.of(), writes);
    }

    @Test
    void clientIsBehindAbove256KiBAndHasCaughtUpAtAQuarterOfIt() {
        sends(Limits.UNWRITABLE_BYTES - 1, 1);
        assertEquals(List.of(), events);
        sends(1);
        outbox.flush(); // the large one alone
        assertEquals(List.of("unwritable"), events);
        sends(Limits.WRITABLE_BYTES - 2);
        arrives();
        assertEquals(List.of("unwritable", "writable"), events);
    }

    @Test
    void clientIsStillBehindJustAboveAQuarter() {
        sends(Limits.UNWRITABLE_BYTES, 1);
        outbox.flush();
        sends(Limits.WRITABLE_BYTES);
        arrives();
        assertEquals(List.of("unwritable"), events);
    }

    @Test
    void clientIsGivenUpAboveTheLimitAndNothingMoreIsTaken() {
        sends(MAX_UNSENT);
        assertEquals(List.of("unwritable"), events);
        sends(1, 1);
        outbox.flush();
        assertEquals(List.of("unwritable", "overflown"), events);
        assertEquals(List.of(), writes);
    }

    @Test
    void endIsToldOnceWhenAllHasBeenSent() {
        sends(1);
        outbox.flush();
        sends(2);
        outbox.close();
        sends(4);
        arrives();
        assertEquals(List.of(), events);
        arrives();
        outbox.flush();
        assertEquals(List.of("drained"), events);
        assertEquals(List.of(1, 2), writes);
    }

    @Test
    void endIsToldAtOnceWhereNothingIsToBeSent() {
        outbox.close();
        assertEquals(List.of("drained"), events);
    }

    @Test
    void freshConnectionIsNeverStalled() {
        assertFalse(outbox.stalled(seconds(0), 0));
        assertFalse(outbox.stalled(seconds(1_000_000), 0));
    }

    @Test
    void firstLookAtBytesThatWaitIsNoStall() {
        sends(1);
        assertFalse(outbox.stalled(seconds(1_000_000), 0));
    }

    @Test
    void clientThatTakesNothingForAMinuteIsStalled() {
        sends(1);
        assertFalse(outbox.stalled(seconds(100), 7));
        assertFalse(outbox.stalled(seconds(160), 7));
        assertTrue(outbox.stalled(seconds(160) + 1, 7));
    }

    @Test
    void clientThatTakesAByteNowAndThenIsNotStalled() {
        sends(1);
        for (int i = 0; i < 10; i++) {
            assertFalse(outbox.stalled(seconds(59L * i), i));
        }
    }

    @Test
    void minuteBeginsWhenThereIsSomethingToBeTaken() {
        assertFalse(outbox.stalled(seconds(0), 7));
        sends(1);
        assertFalse(outbox.stalled(seconds(59), 7));
        assertFalse(outbox.stalled(seconds(60), 7));
    }

    @Test
    void connectionIsNotSilentBeforeItHasSaidSomething() {
        assertTrue(System.nanoTime() - outbox.silentSince() < seconds(30));
    }

    private void sends(int... sizes) {
        for (int size : sizes) {
            chain.fireFilterWrite(new DefaultWriteRequest(new byte[size]));
        }
    }

    /** What is under way has been written. */
    private void arrives() {
        chain.fireMessageSent(new DefaultWriteRequest(IoBuffer.allocate(0)));
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Keeps what is written; it has arrived when the test says so. */
    private final class Cable extends IoFilterAdapter {
        @Override
        public void filterWrite(NextFilter next, IoSession session, WriteRequest request) {
            writes.add(((IoBuffer) request.getMessage()).remaining());
        }
    }

    private final class Recorded implements Outbox.Events {
        @Override
        public void writable(boolean writable) {
            events.add(writable ? "writable" : "unwritable");
        }

        @Override
        public void overflown() {
            events.add("overflown");
        }

        @Override
        public void drained() {
            events.add("drained");
        }
    }
}
