package lychgate.transport.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.plugin.Limits;
import lychgate.plugin.Mailbox;

import org.apache.sshd.common.channel.IoWriteFutureImpl;
import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

class ShellOutputTest {
    private static final int MAX_UNSENT = 300 * 1024;
    private static final long MINUTE = TimeUnit.SECONDS.toNanos(Limits.STALLED_SECONDS);

    private final Channel channel = new Channel();
    private final List<String> events = new ArrayList<>();
    private final Mailbox mailbox = new Mailbox(e -> events.add(e.toString()));
    private long window = 100;
    private final ShellOutput output =
            new ShellOutput(channel, () -> window, MAX_UNSENT, mailbox, new Noted());

    @Test
    void oneWriteIsUnderWayAndTheRestIsJoined() {
        send("one ");
        send("two ");
        send("three");
        assertEquals(List.of("one "), channel.written);
        channel.completes();
        assertEquals(List.of("one ", "two three"), channel.written);
        assertEquals(9, output.unsent());
        channel.completes();
        assertEquals(0, output.unsent());
    }

    @Test
    void clientThatFallsBehindIsNotedOnceAndAgainWhenItHasCaughtUp() {
        send("x");
        send("y".repeat(Limits.UNWRITABLE_BYTES));
        send("z");
        assertEquals(List.of("not writable"), events);
        channel.completes();
        channel.completes();
        assertEquals(List.of("not writable", "writable"), events);
    }

    @Test
    void nothingIsKeptForOneThatIsTooFarBehind() {
        send("x");
        send("y".repeat(MAX_UNSENT));
        assertEquals(List.of("overflown"), events);
        assertEquals(1, output.unsent());
        send("z");
        channel.completes();
        assertEquals(List.of("x"), channel.written);
    }

    @Test
    void endComesWhenAllIsSent() {
        send("x");
        send("y");
        output.close();
        send("z");
        assertEquals(List.of(), events);
        channel.completes();
        channel.completes();
        assertEquals(List.of("drained"), events);
        assertEquals(List.of("x", "y"), channel.written);
    }

    @Test
    void writeThatFailsIsToldAndNothingFollows() {
        send("x");
        send("y");
        channel.breaks();
        assertEquals(List.of("broken"), events);
        assertEquals(List.of("x"), channel.written);
    }

    @Test
    void clientThatTakesNothingForAMinuteHasStalled() {
        send("x");
        assertFalse(output.stalled(0));
        assertFalse(output.stalled(MINUTE));
        assertTrue(output.stalled(MINUTE + 1));
    }

    @Test
    void clientThatTakesSomethingHasNotStalled() {
        send("x");
        send("y");
        assertFalse(output.stalled(0));
        channel.completes();
        assertFalse(output.stalled(MINUTE + 1));
        window += 10; // it makes room without anything having been written
        assertFalse(output.stalled(2 * MINUTE + 2));
        assertTrue(output.stalled(3 * MINUTE + 3));
    }

    @Test
    void clientForWhichThereIsNothingHasNotStalled() {
        assertFalse(output.stalled(0));
        assertFalse(output.stalled(10 * MINUTE));
        send("x");
        assertFalse(output.stalled(10 * MINUTE + 1));
    }

    private void send(String text) {
        output.add(text.getBytes(StandardCharsets.US_ASCII));
        output.flush();
    }

    /** Takes one write after the other, each done when the test says so. */
    private static final class Channel extends AbstractCloseable implements IoOutputStream {
        private final List<String> written = new ArrayList<>();
        private final Deque<IoWriteFutureImpl> underWay = new ArrayDeque<>();

        @Override
        public IoWriteFuture writeBuffer(Buffer buffer) {
            written.add(new String(buffer.getCompactData(), StandardCharsets.US_ASCII));
            IoWriteFutureImpl future = new IoWriteFutureImpl("write", buffer);
            underWay.add(future);
            return future;
        }

        void completes() {
            underWay.remove().setValue(true);
        }

        void breaks() {
            underWay.remove().setValue(new IllegalStateException("broken"));
        }
    }

    private final class Noted implements ShellOutput.Events {
        @Override
        public void writable(boolean writable) {
            events.add(writable ? "writable" : "not writable");
        }

        @Override
        public void overflown() {
            events.add("overflown");
        }

        @Override
        public void drained() {
            events.add("drained");
        }

        @Override
        public void broken() {
            events.add("broken");
        }
    }
}
