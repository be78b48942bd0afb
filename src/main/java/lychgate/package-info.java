/**
 * Lychgate, the front door of text games. This is the map.
 *
 * <p>A client connects; a transport opens a {@link lychgate.session.PortalSession} for it; the
 * session handler passes its input, as {@link lychgate.session.CommandTuple}s, over a {@link
 * lychgate.session.GameLink} to the game, and the game's output back. The packages, from the ground
 * up; each uses only earlier ones, as {@code LayersTest} checks:
 *
 * <ol start="0">
 *   <li>{@link lychgate.session}: what a session is, on both sides of the link; {@link
 *       lychgate.characters}: graphemes, their width, and terminal input
 *   <li>{@link lychgate.text}: markup and its rendering; {@link lychgate.telnet}: the telnet codec
 *       and negotiation; {@link lychgate.oob}: JSON, MSDP and other notations of commands; {@link
 *       lychgate.address}: networks, ports and the PROXY protocol; {@link lychgate.amp}: AMP boxes
 *       and pickles; {@link lychgate.bus}: the stream between portals; {@link lychgate.terminal}:
 *       line editing
 *   <li>{@link lychgate.telnet.option}: the telnet options; {@link lychgate.server}: the interface
 *       of a game; {@link lychgate.plugin}: the interface of a service; {@link lychgate.transport}:
 *       sessions on the transport's side, for all protocols; {@link lychgate.evennia.wire}: the
 *       messages between Evennia's Server and its Portal; {@link lychgate.link}: what every link to
 *       another process needs
 *   <li>{@link lychgate.transport.telnet}: the telnet filter chain; {@link
 *       lychgate.transport.telnet.front}: TCP and TLS below it; {@link lychgate.transport.ssh}:
 *       SSH; {@link lychgate.server.runtime}: runs a game; {@link lychgate.link.local}: the link to
 *       a game in process; {@link lychgate.link.amp}: the link to an Evennia Server; {@link
 *       lychgate.link.nats}, {@link lychgate.transport.nats}: the two ends of a link over NATS to
 *       the game of another portal; {@link lychgate.evennia}: a game's folder, settings and Server
 *       process; {@link lychgate.demo}: the game that comes with it; {@link lychgate.keys}: private
 *       keys and certificates; {@link lychgate.nats}: the connection to a NATS server; {@link
 *       lychgate.files}: files that people edit; {@link lychgate.rounds}: what can wait until a
 *       thread has served all; {@link lychgate.admin}: the admin socket and the admin port
 *   <li>{@link lychgate.config}: reads the configuration; {@link lychgate.portal}: wires everything
 *       together; {@link lychgate.cli}: the command line
 * </ol>
 *
 * <p>Floors 0 to 2 are values, pure functions and interfaces: no I/O, no threads, no clock. To read
 * the code, start at {@link lychgate.portal.Portal}; then follow the bytes in {@link
 * lychgate.transport.telnet.TelnetChain#addTo} and {@link lychgate.transport.Conversation}, and the
 * commands in {@code lychgate.portal.PortalSessions}. {@code docs/architecture.md} has the
 * pictures.
 */
@NullMarked
package lychgate;

import org.jspecify.annotations.NullMarked;
