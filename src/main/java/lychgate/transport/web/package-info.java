/**
 * The web: HTTP and WebSockets on Jetty.
 *
 * <pre>
 *  HTTP ─► Site ─┬─► Upgrades ─► WebSocketChannel ─┬─► WebSocketWire, FormatDialect ─► Conversation
 *                │   who may     frames, pings,    │   a Format: v1, GMCP, JSON, …
 *                │   come in     the end           └─► TelnetTunnel ─► TelnetChain ─► Conversation
 *                │                                     telnet, as over TCP
 *                └─► ajax ─────► FormatDialect ─► Conversation
 *                    polls       v1
 * </pre>
 *
 * <p>A session can outlive its connection: {@link lychgate.transport.web.session} moves it to the
 * connection over which its client comes back.
 *
 * <p>{@link lychgate.transport.web.Subprotocol} lists what is spoken over a WebSocket.
 */
@NullMarked
package lychgate.transport.web;

import org.jspecify.annotations.NullMarked;
