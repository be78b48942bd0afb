package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Output;
import lychgate.testing.RecordingPortal;
import lychgate.transport.Conversation;
import lychgate.transport.Conversations;
import lychgate.transport.Dialect;
import lychgate.transport.RecordingWire;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.DummySession;
import org.apache.mina.core.session.IoSession;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

class MailboxFilterTest {
    private static final int READ = 4 * MailboxFilter.PORTION;

    private final Queue<Runnable> loop = new ArrayDeque<>();
    @AutoClose private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final Conversation conversation =
            new Conversations(portal, System::nanoTime)
                    .begin(loop::add, new Opening("test", "", ClientFacts.NONE));
    private final RecordingWire wire = new RecordingWire();
    private final List<Integer> arrived = new ArrayList<>();
    private final List<Byte> firsts = new ArrayList<>();
    private final IoFilterChain chain = new DummySession().getFilterChain();

    MailboxFilterTest() {
        conversation.attach(wire, new Silent());
        wire.asked().clear();
        chain.addLast("mailbox", new MailboxFilter(conversation));
        chain.addLast("decoder", new Decoder());
    }

    @Test
    void readIsDealtWithInPortionsBetweenWhichTheLoopGoesOn() {
        chain.fireMessageReceived(IoBuffer.wrap(numbered(READ + 1)));
        assertEquals(List.of(1024), arrived);
        loopComesRound();
        assertEquals(List.of(1024, 1024), arrived);
        for (int i = 0; i < 3; i++) {
            loopComesRound();
        }
        assertEquals(List.of(1024, 1024, 1024, 1024, 1), arrived);
        assertEquals(List.of((byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) 4), firsts);
    }

    @Test
    void connectionIsNotReadWhileItsInputWaits() {
        conversation
                .mailbox()
                .run( // somebody else is at it
                        () -> {
                            chain.fireMessageReceived(IoBuffer.allocate(READ));
                            assertEquals(List.of(), wire.asked());
                            chain.fireMessageReceived(IoBuffer.allocate(READ));
                            assertEquals(List.of("do not read"), wire.asked());
                        });
        assertEquals(List.of(), arrived);
        loopComesRound();
        assertEquals(List.of("do not read", "read"), wire.asked());
        assertEquals(List.of(1024), arrived);
    }

    @Test
    void inputOfOneReadIsWholeBeforeItsEndIsTold() {
        chain.fireMessageReceived(IoBuffer.allocate(READ));
        chain.fireInputClosed();
        while (!loop.isEmpty()) {
            loopComesRound();
        }
        assertEquals(List.of(1024, 1024, 1024, 1024, -1), arrived);
    }

    private void loopComesRound() {
        for (int left = loop.size(); left > 0; left--) {
            loop.remove().run();
        }
    }

    /** Each portion begins with its number. */
    private static byte[] numbered(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i += MailboxFilter.PORTION) {
            bytes[i] = (byte) (i / MailboxFilter.PORTION);
        }
        return bytes;
    }

    private final class Decoder extends IoFilterAdapter {
        @Override
        public void messageReceived(NextFilter next, IoSession session, Object message) {
            arrived.add(((IoBuffer) message).remaining());
            firsts.add(((IoBuffer) message).get());
        }

        @Override
        public void inputClosed(NextFilter next, IoSession session) {
            arrived.add(-1);
        }
    }

    private static final class Silent implements Dialect {
        @Override
        public void sendText(Output.Text text) {}

        @Override
        public void sendPrompt(Output.Prompt prompt) {}

        @Override
        public void sendDefault(CommandTuple command) {}

        @Override
        public void farewell(String reason) {}
    }
}
