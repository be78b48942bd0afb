package lychgate.transport.telnet.front;

import lychgate.plugin.PortalApplication;
import lychgate.plugin.ServerTls;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.WriteRequest;
import org.apache.mina.filter.ssl.SslFilter;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * MINA's TLS filter for one connection, with a proper shutdown: sends close_notify, and treats a
 * received one as EOF.
 */
final class TlsFilter extends SslFilter {
    /** Its name in the chain. */
    static final String NAME = "tls";

    private static final byte[] NOTHING = {};

    private final ServerTls tls;
    private final PortalApplication app;
    private final TlsRecords records = new TlsRecords();
    private @Nullable NextFilter towardsWire;
    private volatile @Nullable SSLEngine engine;
    private volatile boolean ended;

    TlsFilter(ServerTls tls, PortalApplication app) {
        super(tls.context(), false); // the handshake starts when the connection is opened
        this.tls = tls;
        this.app = app;
    }

    @Override
    public void onPostAdd(IoFilterChain chain, String name, NextFilter next) {
        towardsWire = next;
    }

    @Override
    protected SSLEngine createEngine(IoSession io, InetSocketAddress remote) {
        SSLEngine made = tls.engine();
        engine = made;
        return made;
    }

    @Override
    public void messageReceived(NextFilter next, IoSession io, Object message) throws Exception {
        if (ended) {
            return; // discarded: it may not even be TLS
        }
        ByteBuffer whole = records.next(((IoBuffer) message).buf());
        if (whole == null) {
            return;
        }
        super.messageReceived(next, io, IoBuffer.wrap(whole));
        if (inputEnded()) { // the engine has queued our close_notify, too
            ended = true;
            next.inputClosed(io);
            LingeringClose.afterAllWrites(io, next, NOTHING, io::closeNow);
        }
    }

    @Override
    public void messageSent(NextFilter next, IoSession io, WriteRequest request) throws Exception {
        if (!ended) {
            super.messageSent(next, io, request);
        }
    }

    @Override
    public void filterWrite(NextFilter next, IoSession io, WriteRequest request) throws Exception {
        if (!ended) {
            super.filterWrite(next, io, request);
        }
    }

    /** MINA's implementation throws the TLS error again, and the session would never be told. */
    @Override
    public void sessionClosed(NextFilter next, IoSession io) {
        ended = true;
        next.sessionClosed(io);
    }

    /** A TLS error closes the connection and has no other effect. The alert is already queued. */
    @Override
    public void exceptionCaught(NextFilter next, IoSession io, Throwable cause) {
        boolean secured = io.isSecured();
        if (secured && !(cause instanceof SSLException) && !inputEnded()) {
            next.exceptionCaught(io, cause);
        } else if (!ended) {
            ended = true;
            app.meters().refused(secured ? "tls" : "tls_handshake");
            LingeringClose.start(io, next, NOTHING, app.scheduler());
        }
    }

    /** Sends close_notify, after all output was written, and reports when it has been sent. */
    void sendCloseNotify(IoSession io, Runnable said) throws SSLException {
        NextFilter wire = Objects.requireNonNull(towardsWire);
        if (!ended) {
            ended = true;
            onClose(wire, io, false);
        }
        LingeringClose.afterAllWrites(io, wire, NOTHING, said);
    }

    private boolean inputEnded() {
        SSLEngine made = engine;
        return made != null && made.isInboundDone();
    }
}
