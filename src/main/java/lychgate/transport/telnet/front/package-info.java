/**
 * Telnet over TCP, on Apache MINA's sockets: accepts connections and handles what precedes telnet
 * (PROXY header, TLS). Telnet over a WebSocket needs none of this.
 *
 * <p>{@link lychgate.transport.telnet.front.TelnetTransport} listens. {@link
 * lychgate.transport.telnet.front.TelnetAcceptor} accepts connections and refuses those that are
 * not admitted; {@link lychgate.transport.telnet.front.FrontChain#buildFilterChain} builds a
 * connection's filter chain: PROXY header, TLS detection, TLS, and above them telnet. Until these
 * are done, nothing is written and no session exists. {@link
 * lychgate.transport.telnet.front.IoLoops} are the I/O threads.
 */
@NullMarked
package lychgate.transport.telnet.front;

import org.jspecify.annotations.NullMarked;
