/**
 * Lychgate, the front door of text games. This is the map.
 *
 * <p>A client connects; a transport makes it a {@link lychgate.session.PortalSession}; the session
 * handler passes its input, as {@link lychgate.session.CommandTuple}s, over a {@link
 * lychgate.session.GameLink} to the game, and the game's output back. The packages, from the ground
 * up; each uses only those below it:
 *
 * <ol start="0">
 *   <li>{@link lychgate.session}: what a session is, on both sides of the link; {@link
 *       lychgate.characters}: what a character is, and what a terminal sends that is none
 *   <li>{@link lychgate.text}: markup and how clients see it; {@link lychgate.telnet}: telnet
 *       without a connection; {@link lychgate.oob}: commands in other notations; {@link
 *       lychgate.address}: where a client really is; {@link lychgate.amp}: the messages of a link
 *       to Evennia; {@link lychgate.terminal}: typing at a terminal
 *   <li>{@link lychgate.telnet.option}: what each telnet option means; {@link lychgate.server}:
 *       what a game is written against; {@link lychgate.plugin}: what a service implements; {@link
 *       lychgate.evennia.wire}: what Evennia's Server and its Portal say to one another; {@link
 *       lychgate.link}: what every link to another process needs
 *   <li>{@link lychgate.transport.telnet}: telnet on the network; {@link lychgate.transport.ssh}:
 *       SSH; {@link lychgate.server.runtime}: runs a game; {@link lychgate.link.local}: the link to
 *       a game in process; {@link lychgate.link.amp}: the link to an Evennia Server; {@link
 *       lychgate.evennia}: a game's folder, settings and Server process; {@link lychgate.demo}: the
 *       game that comes with it; {@link lychgate.keys}: private keys and certificates; {@link
 *       lychgate.files}: files that people write; {@link lychgate.admin}: what an operator sees and
 *       does
 *   <li>{@link lychgate.config}: reads the configuration; {@link lychgate.portal}: puts everything
 *       together; {@link lychgate.cli}: the command line
 * </ol>
 *
 * <p>Floors 0 to 2 are values, pure functions and interfaces: no I/O, no threads, no clock. A walk
 * through the code begins at {@link lychgate.portal.Portal}, goes to {@code
 * lychgate.transport.telnet.TelnetChain#buildFilterChain} for the way of the bytes, and to {@code
 * lychgate.portal.PortalSessions} for the way to the game. {@code docs/architecture.md} has the
 * pictures.
 */
@NullMarked
package lychgate;

import org.jspecify.annotations.NullMarked;
