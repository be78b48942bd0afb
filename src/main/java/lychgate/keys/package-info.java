/**
 * The gate's own keys in files: who may read them, and the certificate for TLS.
 *
 * <p>A private key that others could read is worse than none: {@link lychgate.keys.PrivateFile}
 * refuses it and says what to do. {@link lychgate.keys.TlsKeys} makes a certificate at the first
 * start, takes the operator's own if it is there, and serves a new one as soon as its files are
 * replaced.
 */
@NullMarked
package lychgate.keys;

import org.jspecify.annotations.NullMarked;
