package lychgate.transport.telnet.front;

import lychgate.keys.TlsKeys;
import lychgate.plugin.ServerTls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** TLS for tests: a server's certificate, and clients that trust it and nobody else. */
public final class TrustingTls {
    private static final TrustingTls ONE = new TrustingTls();

    private final ServerTls server;
    private final SSLContext client;

    private TrustingTls() {
        try {
            Path folder = Files.createTempDirectory("lychgate-test-tls");
            server = TlsKeys.open(folder);
            client = trusting(folder.resolve("server.crt"));
            for (String file : new String[] {"server.key", "server.crt"}) {
                Files.delete(folder.resolve(file));
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the server speaks TLS with. */
    public static ServerTls server() {
        return ONE.server;
    }

    /** A client's end of a connection, after the handshake. */
    static SSLSocket connect(int port) {
        try {
            return over(new Socket(InetAddress.ofLiteral("127.0.0.1"), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client's end of a connection, before the handshake. */
    static SSLSocket unsecured(int port) throws IOException {
        return (SSLSocket) ONE.client.getSocketFactory().createSocket("127.0.0.1", port);
    }

    /** A client's end over a connection that is there, after the handshake. */
    public static SSLSocket over(Socket socket) throws IOException {
        SSLSocket tls =
                (SSLSocket)
                        ONE.client
                                .getSocketFactory()
                                .createSocket(socket, "localhost", socket.getPort(), true);
        tls.startHandshake();
        return tls;
    }

    private static SSLContext trusting(Path certificate)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(certificate)) {
            Certificate own = CertificateFactory.getInstance("X.509").generateCertificate(in);
            store.setCertificateEntry("server", own);
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
