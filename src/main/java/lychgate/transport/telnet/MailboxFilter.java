package lychgate.transport.telnet;

import lychgate.plugin.Mailbox;

import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IdleStatus;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.WriteRequest;
import org.apache.mina.filter.FilterEvent;

/** Puts everything that comes from the network into the connection's mailbox. */
final class MailboxFilter extends IoFilterAdapter {
    private final Mailbox mailbox;

    MailboxFilter(Mailbox mailbox) {
        this.mailbox = mailbox;
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

    @Override
    public void messageReceived(NextFilter next, IoSession session, Object message) {
        mailbox.run(() -> next.messageReceived(session, message));
    }

    @Override
    public void messageSent(NextFilter next, IoSession session, WriteRequest request) {
        mailbox.run(() -> next.messageSent(session, request));
    }

    @Override
    public void event(NextFilter next, IoSession session, FilterEvent event) {
        mailbox.run(() -> next.event(session, event));
    }
}
