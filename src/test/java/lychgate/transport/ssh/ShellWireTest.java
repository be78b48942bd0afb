package lychgate.transport.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.session.ClientFacts;
import lychgate.testing.RecordingPortal;
import lychgate.transport.Conversation;
import lychgate.transport.Conversations;

import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.common.channel.IoWriteFutureImpl;
import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;

class ShellWireTest {
    private static final int WINDOW = 100;

    @AutoClose private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final Conversation conversation =
            new Conversations(portal, System::nanoTime)
                    .begin(Runnable::run, new Opening("ssh", "", ClientFacts.NONE));
    private final List<String> events = new ArrayList<>();
    private final Stream stream = new Stream();
    private final ShellChannel channel = new ShellChannel();
    private final ShellWire wire =
            new ShellWire(channel, connection(), stream, () -> events.add("exit"), conversation);
    private final ShellDialect dialect =
            new ShellDialect(channel, connection(), pipe(), conversation, 1_000);

    ShellWireTest() {
        channel.getRemoteWindow().init(WINDOW, WINDOW, PropertyResolver.EMPTY);
        conversation.attach(wire, dialect);
        conversation.open();
    }

    @Test
    void oneWriteIsUnderWayAndTheRestIsJoined() {
        say("one");
        say("two");
        say("three");
        assertEquals(List.of("one\n"), stream.written);
        stream.completes();
        assertEquals(List.of("one\n", "two\nthree\n"), stream.written);
        stream.completes();
        assertEquals(0, conversation.unsent());
    }

    @Test
    void channelExitsWhenAllIsSent() {
        say("x");
        say("y");
        conversation.disconnect("");
        say("z");
        assertEquals(List.of(), events);
        stream.completes();
        stream.completes();
        assertEquals(List.of("exit"), events);
        assertEquals(List.of("x\n", "y\n"), stream.written);
    }

    @Test
    void connectionWhoseWriteFailsIsCutAndNothingFollows() {
        say("x");
        say("y");
        stream.breaks();
        assertEquals(List.of("close"), events);
        assertEquals(List.of("x\n"), stream.written);
    }

    @Test
    void takenGrowsWithWhatIsWrittenAndWithTheRoomThatTheClientMakes() {
        say("x");
        assertEquals(WINDOW, wire.taken());
        stream.completes();
        assertEquals(WINDOW + 2, wire.taken());
        channel.getRemoteWindow().expand(10); // it makes room without anything having been written
        assertEquals(WINDOW + 12, wire.taken());
    }

    private void say(String text) {
        portal.game().text(1, text);
    }

    /** A program without a terminal. */
    private static Client pipe() {
        return new Client(false, false, 80, 24, StandardCharsets.UTF_8, ClientFacts.NONE);
    }

    private Connection connection() {
        IoSession io =
                (IoSession)
                        Proxy.newProxyInstance(
                                IoSession.class.getClassLoader(),
                                new Class<?>[] {IoSession.class},
                                (_, method, _) -> {
                                    events.add(method.getName());
                                    return null;
                                });
        return new Connection(io, InetAddress.getLoopbackAddress(), () -> {}, new HashSet<>(), 0);
    }

    /** Takes one write after the other, each done when the test says so. */
    private static final class Stream extends AbstractCloseable implements IoOutputStream {
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
}
