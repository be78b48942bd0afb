/**
 * The front of telnet: TCP connections, on Apache MINA's sockets, and what is spoken on them before
 * telnet is. A WebSocket's telnet does without all of this.
 *
 * <p>{@link lychgate.transport.telnet.front.TelnetTransport} listens. {@link
 * lychgate.transport.telnet.front.TelnetAcceptor} accepts connections and refuses those that are
 * not admitted; {@link lychgate.transport.telnet.front.FrontChain#buildFilterChain} puts a
 * connection's filters together: a proxy's header, the sniffing for TLS, TLS, and above them
 * telnet. Until these are done with, nothing is written and the game hears of no session. {@link
 * lychgate.transport.telnet.front.IoLoops} are the threads.
 */
@NullMarked
package lychgate.transport.telnet.front;

import org.jspecify.annotations.NullMarked;
