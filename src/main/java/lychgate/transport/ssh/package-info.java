/**
 * SSH, on Apache SSHD; the only package that uses it for connections. Each shell channel is a
 * session.
 *
 * <p>{@link lychgate.transport.ssh.SshTransport} listens. {@link
 * lychgate.transport.ssh.SshConnections} refuses connections that are not admitted and closes those
 * that stay idle; {@link lychgate.transport.ssh.Authentication} accepts everybody and records who
 * has proved to own an account. A connection's {@link lychgate.transport.ssh.ShellChannel} starts a
 * {@link lychgate.transport.ssh.Shell}, which connects a {@link lychgate.transport.ssh.ShellWire}
 * and a {@link lychgate.transport.ssh.ShellDialect} to a {@link lychgate.transport.Conversation}.
 *
 * <p>Input arrives on SSHD's threads. Everything of one session, in both directions, runs on its
 * {@link lychgate.plugin.Mailbox}, and must not block.
 */
@NullMarked
package lychgate.transport.ssh;

import org.jspecify.annotations.NullMarked;
