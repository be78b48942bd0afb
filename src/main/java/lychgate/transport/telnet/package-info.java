/**
 * Telnet as a chain of MINA's filters, whatever carries it: it knows no socket.
 *
 * <p>{@link lychgate.transport.telnet.TelnetChain#addTo} puts one connection's filters together,
 * and its text order is the wire order. At the lower end is a {@link
 * lychgate.transport.telnet.TelnetWire}, at the upper a {@link
 * lychgate.transport.telnet.TelnetDialect}; together they carry a {@link
 * lychgate.transport.Conversation}. What the filters do is written elsewhere, without I/O: framing
 * and negotiation in {@link lychgate.telnet}, options in {@link lychgate.telnet.option}, rendering
 * in {@link lychgate.text}.
 *
 * <p>All that happens to one connection, both ways, happens on its {@link lychgate.plugin.Mailbox}:
 * one thing after the other, in order, on whatever thread brought it. Nothing on a mailbox blocks.
 * How connections come to be is in {@link lychgate.transport.telnet.front}.
 */
@NullMarked
package lychgate.transport.telnet;

import org.jspecify.annotations.NullMarked;
