package lychgate.transport.telnet;

import lychgate.telnet.option.Inbound;

import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IoSession;

/** The end of every chain: passes what arrives to the connection's {@link TelnetDialect}. */
final class TelnetHandler extends IoHandlerAdapter {
    /** The only attribute of a connection. */
    static final AttributeKey DIALECT = new AttributeKey(TelnetHandler.class, "dialect");

    @Override
    public void sessionOpened(IoSession io) {
        of(io).conversation().open();
    }

    @Override
    public void messageReceived(IoSession io, Object message) {
        if (message instanceof Inbound inbound) {
            of(io).received(inbound);
        }
    }

    @Override
    public void inputClosed(IoSession io) {
        of(io).conversation().inputEnded();
    }

    @Override
    public void sessionClosed(IoSession io) {
        of(io).conversation().closed();
    }

    @Override
    public void exceptionCaught(IoSession io, Throwable cause) {
        of(io).conversation().failed(cause);
    }

    private static TelnetDialect of(IoSession io) {
        return (TelnetDialect) io.getAttribute(DIALECT);
    }
}
