package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.plugin.Mailbox;
import lychgate.transport.Reading;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.DummySession;
import org.apache.mina.core.session.IoSession;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

class MailboxFilterTest {
    private static final int READ = 4 * MailboxFilter.PORTION;

    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final Mailbox mailbox =
            new Mailbox(
                    loop::add,
                    e -> {
                        throw new AssertionError(e);
                    });
    private final List<Boolean> read = new ArrayList<>();
    private final Reading reading = new Reading(read::add, () -> {});
    private final List<Integer> arrived = new ArrayList<>();
    private final List<Byte> firsts = new ArrayList<>();
    private final IoFilterChain chain = new DummySession().getFilterChain();

    MailboxFilterTest() {
        chain.addLast("mailbox", new MailboxFilter(mailbox, reading));
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
        mailbox.run( // somebody else is at it
                () -> {
                    chain.fireMessageReceived(IoBuffer.allocate(READ));
                    assertTrue(reading.allowed());
                    chain.fireMessageReceived(IoBuffer.allocate(READ));
                    assertFalse(reading.allowed());
                });
        assertEquals(List.of(), arrived);
        assertEquals(List.of(false), read);
        loopComesRound();
        assertTrue(reading.allowed());
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
}
