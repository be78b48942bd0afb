package lychgate.examples.irc;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Connects to IRC servers, over TLS if the game wants it.
 *
 * @param verify whether a server must have a valid certificate for its name
 */
record IrcSockets(boolean verify) {
    /** How long a server may take to accept a connection, and for each step of the handshake. */
    private static final int TIMEOUT_MILLIS = 15_000;

    /**
     * How long to close waits for a server that does not read: its writer holds what close needs.
     */
    private static final int LINGER_SECONDS = 1;

    /** A connected socket; blocks. */
    Socket connect(IrcConfig config) throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(config.host(), config.port()), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            plain.setTcpNoDelay(true);
            return config.tls() ? secured(plain, config) : plain;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private Socket secured(Socket plain, IrcConfig config) throws IOException {
        plain.setSoLinger(true, LINGER_SECONDS);
        SSLSocket socket =
                (SSLSocket)
                        context()
                                .getSocketFactory()
                                .createSocket(plain, config.host(), config.port(), true);
        if (verify) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        return socket;
    }

    private SSLContext context() throws IOException {
        try {
            if (verify) {
                return SSLContext.getDefault();
            }
            SSLContext trusting = SSLContext.getInstance("TLS");
            trusting.init(null, new TrustManager[] {new Trusting()}, null);
            return trusting;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be used", e);
        }
    }

    /** Takes any certificate, as Evennia's own bot does: the operator has said so. */
    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(
                X509Certificate[] chain, String type, @Nullable Socket socket) {}

        @Override
        public void checkServerTrusted(
                X509Certificate[] chain, String type, @Nullable Socket socket) {}

        @Override
        public void checkClientTrusted(
                X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

        @Override
        public void checkServerTrusted(
                X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
