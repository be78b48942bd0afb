package lychgate.transport.telnet;

import lychgate.plugin.PortalApplication;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.WriteRequest;
import org.apache.mina.filter.ssl.SslFilter;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * TLS of one connection: MINA's filter, and what that leaves to be done. Only versions and ciphers
 * are spoken of which none is known to be weak; the end of the words is said (close_notify), and
 * heard, as the end of the connection.
 */
final class TlsFilter extends SslFilter {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** Those with forward secrecy and authenticated encryption; the best first. */
    private static final String[] CIPHERS = {
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    };

    private static final String[] GROUPS = {
        "x25519", "secp256r1", "secp384r1", "x448", "secp521r1"
    };

    /** Those of TLS 1.3, and for older clients of RSA keys its plain padding. */
    private static final String[] SIGNATURES = {
        "ed25519",
        "ed448",
        "ecdsa_secp256r1_sha256",
        "ecdsa_secp384r1_sha384",
        "ecdsa_secp521r1_sha512",
        "rsa_pss_rsae_sha256",
        "rsa_pss_rsae_sha384",
        "rsa_pss_rsae_sha512",
        "rsa_pkcs1_sha256",
        "rsa_pkcs1_sha384",
        "rsa_pkcs1_sha512",
    };

    private static final byte[] NOTHING = {};

    private final PortalApplication app;
    private final TlsRecords records = new TlsRecords();
    private @Nullable NextFilter towardsTheWire;
    private volatile @Nullable SSLEngine engine;
    private volatile boolean ended;

    TlsFilter(SSLContext context, PortalApplication app) {
        super(context, false); // the handshake begins when the connection is opened
        this.app = app;
    }

    @Override
    public void onPostAdd(IoFilterChain chain, String name, NextFilter next) {
        towardsTheWire = next;
    }

    @Override
    protected SSLEngine createEngine(IoSession io, InetSocketAddress remote) {
        SSLEngine made = sslContext.createSSLEngine();
        made.setUseClientMode(false);
        SSLParameters parameters = made.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setCipherSuites(CIPHERS);
        parameters.setUseCipherSuitesOrder(true);
        parameters.setNamedGroups(GROUPS);
        parameters.setSignatureSchemes(SIGNATURES);
        made.setSSLParameters(parameters);
        engine = made;
        return made;
    }

    @Override
    public void messageReceived(NextFilter next, IoSession io, Object message) throws Exception {
        if (ended) {
            return; // of no interest, or not even TLS
        }
        ByteBuffer whole = records.next(((IoBuffer) message).buf());
        if (whole == null) {
            return;
        }
        super.messageReceived(next, io, IoBuffer.wrap(whole));
        if (inputEnded()) { // and so has our output: the answer is on its way
            ended = true;
            next.inputClosed(io);
            Dismissal.behindAll(io, next, NOTHING, io::closeNow);
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

    /** MINA's own way throws what broke TLS once more, and the session would never hear of it. */
    @Override
    public void sessionClosed(NextFilter next, IoSession io) {
        ended = true;
        next.sessionClosed(io);
    }

    /** What breaks TLS ends the connection, and nothing else notices. The alert is on its way. */
    @Override
    public void exceptionCaught(NextFilter next, IoSession io, Throwable cause) {
        boolean secured = io.isSecured();
        if (secured && !(cause instanceof SSLException) && !inputEnded()) {
            next.exceptionCaught(io, cause);
        } else if (!ended) {
            ended = true;
            app.meters().refused(secured ? "tls" : "tls_handshake");
            Dismissal.of(io, next, NOTHING, app.scheduler());
        }
    }

    /** Says that no more words will come, which must all have been sent; tells when it is said. */
    void sayGoodbye(IoSession io, Runnable said) throws SSLException {
        NextFilter wire = Objects.requireNonNull(towardsTheWire);
        if (!ended) {
            ended = true;
            onClose(wire, io, false);
        }
        Dismissal.behindAll(io, wire, NOTHING, said);
    }

    private boolean inputEnded() {
        SSLEngine tls = engine;
        return tls != null && tls.isInboundDone();
    }
}
