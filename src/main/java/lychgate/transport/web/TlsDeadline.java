package lychgate.transport.web;

import lychgate.plugin.PortalApplication;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;

import java.time.Duration;

/** Enforces the TLS handshake timeout, {@code limits.tls_handshake_seconds}. */
final class TlsDeadline implements Connection.Listener {
    /** The protocol that an engine reports before the handshake. */
    private static final String NONE = "NONE";

    private final PortalApplication app;

    TlsDeadline(PortalApplication app) {
        this.app = app;
    }

    @Override
    public void onOpened(Connection connection) {
        int seconds = app.limits().tlsHandshakeSeconds();
        if (connection instanceof SslConnection tls && seconds > 0) {
            app.scheduler().after(Duration.ofSeconds(seconds), () -> look(tls));
        }
    }

    private void look(SslConnection tls) {
        boolean isOpen = tls.getEndPoint().isOpen();
        if (isOpen && tls.getSSLEngine().getSession().getProtocol().equals(NONE)) {
            app.meters().refused("tls_handshake_seconds");
            tls.getEndPoint().close();
        }
    }
}
