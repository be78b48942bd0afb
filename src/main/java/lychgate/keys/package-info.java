/**
 * Keys in files: the gate's own, which nobody else may read, and those that it lets in.
 *
 * <p>A private key that others could read is worse than none: {@link lychgate.keys.PrivateFile}
 * refuses it and says what to do. {@link lychgate.keys.TlsKeys} makes a certificate at the first
 * start, takes the operator's own if it is there, and serves a new one as soon as its files are
 * replaced. {@link lychgate.keys.SshHostKeys} are the keys by which players know the gate over SSH,
 * and {@link lychgate.keys.AuthorizedKeys} those of players.
 */
@NullMarked
package lychgate.keys;

import org.jspecify.annotations.NullMarked;
