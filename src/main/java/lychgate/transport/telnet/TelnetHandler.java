package lychgate.transport.telnet;

import lychgate.telnet.option.Inbound;

import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IoSession;

/** The end of every chain: hands what arrives to the connection's {@link TelnetSession}. */
final class TelnetHandler extends IoHandlerAdapter {
    /** The one attribute that a connection has. */
    static final AttributeKey SESSION = new AttributeKey(TelnetHandler.class, "session");

    @Override
    public void sessionOpened(IoSession io) {
        session(io).opened();
    }

    @Override
    public void messageReceived(IoSession io, Object message) {
        if (message instanceof Inbound inbound) {
            session(io).received(inbound);
        }
    }

    @Override
    public void inputClosed(IoSession io) {
        session(io).inputClosed();
    }

    @Override
    public void sessionClosed(IoSession io) {
        session(io).closed();
    }

    @Override
    public void exceptionCaught(IoSession io, Throwable cause) {
        session(io).failed(cause);
    }

    static TelnetSession session(IoSession io) {
        return (TelnetSession) io.getAttribute(SESSION);
    }
}
