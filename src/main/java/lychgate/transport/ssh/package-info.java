/**
 * SSH, on Apache SSHD: the only package that speaks it. A shell channel is a session.
 *
 * <p>{@link lychgate.transport.ssh.SshTransport} listens. {@link
 * lychgate.transport.ssh.SshConnections} refuses connections that are not admitted and closes those
 * that do nothing; {@link lychgate.transport.ssh.Authentication} lets everybody in and notes who
 * has proof of an account. A connection's {@link lychgate.transport.ssh.ShellChannel} starts a
 * {@link lychgate.transport.ssh.Shell}, which joins a {@link lychgate.transport.ssh.ShellWire} and
 * a {@link lychgate.transport.ssh.ShellDialect} to a {@link lychgate.transport.Conversation}.
 *
 * <p>SSHD's threads bring what clients send. Whatever happens to one session, both ways, happens on
 * its {@link lychgate.plugin.Mailbox}, and nothing there blocks.
 */
@NullMarked
package lychgate.transport.ssh;

import org.jspecify.annotations.NullMarked;
