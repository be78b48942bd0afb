package lychgate.transport.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.plugin.Mailbox;
import lychgate.plugin.MemoryBudget;
import lychgate.transport.SendQueue;

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

class ShellOutputTest {
    private final Channel channel = new Channel();
    private final List<String> events = new ArrayList<>();
    private final Mailbox mailbox = new Mailbox(Runnable::run, e -> events.add(e.toString()));
    private long window = 100;
    private final SendQueue queue =
            new SendQueue(0, new MemoryBudget(Long.MAX_VALUE / 4, () -> 0), new Noted());
    private final ShellOutput output =
            new ShellOutput(channel, () -> window, queue, mailbox, () -> events.add("broken"));

    @Test
    void oneWriteIsUnderWayAndTheRestIsJoined() {
        send("one ");
        send("two ");
        send("three");
        assertEquals(List.of("one "), channel.written);
        channel.completes();
        assertEquals(List.of("one ", "two three"), channel.written);
        assertEquals(9, queue.unsent());
        channel.completes();
        assertEquals(0, queue.unsent());
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
    void takenGrowsWithWhatIsWrittenAndWithTheRoomThatTheClientMakes() {
        send("x");
        long before = output.taken();
        channel.completes();
        assertEquals(before + 1, output.taken());
        window += 10; // it makes room without anything having been written
        assertEquals(before + 11, output.taken());
    }

    private void send(String text) {
        queue.add(text.getBytes(StandardCharsets.US_ASCII));
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

    private final class Noted implements SendQueue.Events {
        @Override
        public void writable(boolean writable) {
            events.add(writable ? "writable" : "not writable");
        }

        @Override
        public void overflown(String limit) {
            events.add("overflown " + limit);
        }

        @Override
        public void drained() {
            events.add("drained");
        }
    }
}
