package lychgate.transport.telnet;

import lychgate.plugin.Mailbox;
import lychgate.transport.Conversation;
import lychgate.transport.Reading.Pause;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IdleStatus;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.WriteRequest;
import org.apache.mina.filter.FilterEvent;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Moves all network events onto the connection's mailbox. Input is split into portions, between
 * which the other connections of the I/O loop have their turn. If too many portions are queued, the
 * connection is not read.
 */
final class MailboxFilter extends IoFilterAdapter {
    /**
     * Bytes of input processed in one go. They may hold 500 commands, each of which passes all
     * options, while every other connection of the loop waits.
     */
    static final int PORTION = 1024;

    /** Queued portions at which reading stops. One read brings at most four more. */
    static final int MAX_WAITING = 8;

    private final Conversation conversation;
    private final Mailbox mailbox;
    private final AtomicInteger waiting = new AtomicInteger();

    MailboxFilter(Conversation conversation) {
        this.conversation = conversation;
        this.mailbox = conversation.mailbox();
    }

    @Override
    public void sessionOpened(NextFilter next, IoSession session) {
        mailbox.run(() -> next.sessionOpened(session));
    }

    @Override
    public void sessionClosed(NextFilter next, IoSession session) {
        mailbox.run(() -> next.sessionClosed(session));
    }

    @Override
    public void sessionIdle(NextFilter next, IoSession session, IdleStatus status) {
        mailbox.run(() -> next.sessionIdle(session, status));
    }

    @Override
    public void exceptionCaught(NextFilter next, IoSession session, Throwable cause) {
        mailbox.run(() -> next.exceptionCaught(session, cause));
    }

    @Override
    public void inputClosed(NextFilter next, IoSession session) {
        mailbox.run(() -> next.inputClosed(session));
    }

    /** Called on the connection's loop. */
    @Override
    public void messageReceived(NextFilter next, IoSession session, Object message) {
        IoBuffer in = (IoBuffer) message;
        if (!in.hasRemaining()) {
            return;
        }
        int portions = Math.ceilDiv(in.remaining(), PORTION);
        if (waiting.addAndGet(portions) >= MAX_WAITING) {
            conversation.pause(Pause.BACKLOG, true);
        }
        IoBuffer first = portion(in);
        mailbox.input(() -> received(next, session, first));
        while (in.hasRemaining()) {
            IoBuffer portion = portion(in);
            mailbox.inputLater(() -> received(next, session, portion));
        }
    }

    /** Called on the connection's loop: queued output is written in the same round. */
    @Override
    public void messageSent(NextFilter next, IoSession session, WriteRequest request) {
        mailbox.runAsOwner(() -> next.messageSent(session, request));
    }

    @Override
    public void event(NextFilter next, IoSession session, FilterEvent event) {
        mailbox.run(() -> next.event(session, event));
    }

    private static IoBuffer portion(IoBuffer in) {
        return in.getSlice(Math.min(PORTION, in.remaining()));
    }

    private void received(NextFilter next, IoSession session, IoBuffer portion) {
        try {
            next.messageReceived(session, portion);
        } finally {
            if (waiting.decrementAndGet() < MAX_WAITING) {
                conversation.pause(Pause.BACKLOG, false);
            }
        }
    }
}
