/**
 * Keys in files: the portal's own, which nobody else may read, and the players' public keys.
 *
 * <p>A private key that others can read is refused: {@link lychgate.keys.PrivateFile} says what to
 * do. {@link lychgate.keys.TlsKeys} generates a certificate at the first start, uses the operator's
 * own if there is one, and serves a new one when its files are replaced. {@link
 * lychgate.keys.SshHostKeys} are the SSH host keys, {@link lychgate.keys.AuthorizedKeys} the keys
 * that players log in with.
 */
@NullMarked
package lychgate.keys;

import org.jspecify.annotations.NullMarked;
