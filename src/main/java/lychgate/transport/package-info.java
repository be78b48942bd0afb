/**
 * The transport's side of a session, shared by all protocols.
 *
 * <p>A {@link lychgate.transport.Conversation} is one session. It connects the session handler with
 * a connection, which has two halves: a {@link lychgate.transport.Wire}, which moves bytes, and a
 * {@link lychgate.transport.Dialect}, which encodes and decodes them. It decides when to read
 * ({@link lychgate.transport.Reading}), queues output ({@link lychgate.transport.SendQueue}), and
 * shuts down in order. {@link lychgate.transport.Typing} reads lines and displays text around the
 * one being typed. {@link lychgate.transport.Conversations} creates conversations; {@link
 * lychgate.transport.RefusedClients} lets refused connections linger.
 *
 * <p>Uses no network library and does no I/O: each protocol ({@link lychgate.transport.telnet},
 * {@link lychgate.transport.ssh}, a plugin) provides its wire and dialect.
 */
@NullMarked
package lychgate.transport;

import org.jspecify.annotations.NullMarked;
