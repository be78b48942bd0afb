/**
 * What one session is, seen from both sides of the link between portal and game.
 *
 * <p>A client's connection is a {@link lychgate.session.PortalSession}, whatever it speaks. All
 * that is said, either way, is a {@link lychgate.session.CommandTuple}. {@link
 * lychgate.session.GameLink} is the portal's way to the game, {@link lychgate.session.PortalSide}
 * the game's way back, and {@link lychgate.session.SessionSync} what both must know of a session so
 * that a game may restart and go on. {@link lychgate.session.ClientFacts} is what is known of the
 * client, and who said so.
 *
 * <p>Values and interfaces only: no I/O, no threads, no clock.
 */
@NullMarked
package lychgate.session;

import org.jspecify.annotations.NullMarked;
