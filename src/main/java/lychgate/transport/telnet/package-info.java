/**
 * Telnet as a chain of MINA filters. Knows no sockets, so that anything can carry it.
 *
 * <p>{@link lychgate.transport.telnet.TelnetChain#addTo} builds the chain of a connection, in the
 * order from the wire to the session. At the lower end is a {@link
 * lychgate.transport.telnet.TelnetWire}, at the upper a {@link
 * lychgate.transport.telnet.TelnetDialect}; together they connect it to a {@link
 * lychgate.transport.Conversation}. The filters only adapt code that does no I/O: framing and
 * negotiation in {@link lychgate.telnet}, options in {@link lychgate.telnet.option}, rendering in
 * {@link lychgate.text}.
 *
 * <p>Everything of one connection, in both directions, runs on its {@link lychgate.plugin.Mailbox}:
 * one task at a time, in order, without blocking. Connections are accepted in {@link
 * lychgate.transport.telnet.front}.
 */
@NullMarked
package lychgate.transport.telnet;

import org.jspecify.annotations.NullMarked;
