package lychgate.plugin;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * TLS as this portal speaks it: the key and certificate of {@code etc/tls/}, and the versions and
 * ciphers that are allowed. The same for all services and as long as the portal runs: a certificate
 * that is replaced serves the handshakes after that. Any thread may call.
 */
public interface ServerTls {

    /** For libraries that make their own sockets or engines; give them the {@link #parameters}. */
    SSLContext context();

    /** The allowed versions, ciphers, groups and signatures. A new value on each call. */
    SSLParameters parameters();

    /** A new engine for the server's side of one connection. */
    default SSLEngine engine() {
        SSLEngine engine = context().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(parameters());
        return engine;
    }
}
