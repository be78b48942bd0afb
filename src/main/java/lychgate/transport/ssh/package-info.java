/**
 * SSH, on Apache SSHD: the only package that speaks it. A shell channel is a session.
 *
 * <p>{@link lychgate.transport.ssh.SshTransport} listens. A connection passes the {@link
 * lychgate.transport.ssh.Gate}, which asks whether it may come in and ends those that do nothing;
 * then {@link lychgate.transport.ssh.Authentication}, which lets everybody in and notes who has
 * proof of an account. Its {@link lychgate.transport.ssh.ShellChannel} starts a {@link
 * lychgate.transport.ssh.Shell}, whose {@link lychgate.transport.ssh.ShellSession} joins a {@link
 * lychgate.terminal.Dialogue} to the session handler.
 *
 * <p>SSHD's threads bring what clients send. Whatever happens to one session, both ways, happens on
 * its {@link lychgate.plugin.Mailbox}, and nothing there blocks.
 */
@NullMarked
package lychgate.transport.ssh;

import org.jspecify.annotations.NullMarked;
