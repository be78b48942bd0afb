package lychgate.nats;

import lychgate.files.MistakeInFile;
import lychgate.files.WrittenFile;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Checks the certificate of a NATS server, and that it is one for the host that was configured: the
 * client library leaves that out.
 */
final class ServerTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager authorities;

    private ServerTrust(X509ExtendedTrustManager authorities) {
        this.authorities = authorities;
    }

    /**
     * TLS as a client.
     *
     * @param ca the file with the authorities; null for those of the system
     * @throws IOException if the file is not usable: the message is one sentence
     */
    static SSLContext context(@Nullable Path ca) throws IOException {
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(ca == null ? null : store(ca));
            X509ExtendedTrustManager authorities =
                    Arrays.stream(factory.getTrustManagers())
                            .filter(X509ExtendedTrustManager.class::isInstance)
                            .map(X509ExtendedTrustManager.class::cast)
                            .findFirst()
                            .orElseThrow();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new ServerTrust(authorities)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "TLS to a NATS server cannot be used (" + e.getMessage() + ").", e);
        }
    }

    private static KeyStore store(Path ca) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        Collection<? extends Certificate> all;
        try {
            all =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes(ca)));
        } catch (CertificateException e) {
            throw unusable(ca, e);
        }
        if (all.isEmpty()) {
            throw unusable(ca, null);
        }
        int n = 0;
        for (Certificate each : all) {
            store.setCertificateEntry("ca" + n++, each);
        }
        return store;
    }

    private static byte[] bytes(Path ca) throws IOException {
        try {
            return WrittenFile.bytes(ca);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "nats.ca: " + ca + " does not exist: put the authority's PEM file there.", e);
        } catch (MistakeInFile e) {
            throw new IOException("nats.ca: " + e.getMessage() + ".", e);
        }
    }

    private static IOException unusable(Path ca, @Nullable Exception cause) {
        return new IOException(
                "nats.ca: "
                        + ca
                        + " holds no certificate: put the PEM file there of the authority that"
                        + " signs the servers' certificates.",
                cause);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        if (!(socket instanceof SSLSocket tls)) {
            throw new CertificateException("not a TLS socket");
        }
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 9525: the name must fit
        tls.setSSLParameters(parameters);
        authorities.checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("the host is not known");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw new CertificateException("the host is not known");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        throw new CertificateException("no client is expected");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("no client is expected");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw new CertificateException("no client is expected");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
