/**
 * Telnet over TCP, on Apache MINA: the only package that knows MINA.
 *
 * <p>{@link lychgate.transport.telnet.TelnetTransport} listens; {@link
 * lychgate.transport.telnet.TelnetChain#buildFilterChain} puts one connection's filters together,
 * and its text order is the wire order. Where a proxy's header or TLS comes first, there is no
 * session, and nothing is written, before that is done. What the filters do is written elsewhere,
 * without I/O: framing and negotiation in {@link lychgate.telnet}, options in {@link
 * lychgate.telnet.option}, rendering in {@link lychgate.text}.
 *
 * <p>All that happens to one connection, both ways, happens on its {@link lychgate.plugin.Mailbox}:
 * one thing after the other, in order, on whatever thread brought it. Nothing on a mailbox blocks.
 */
@NullMarked
package lychgate.transport.telnet;

import org.jspecify.annotations.NullMarked;
