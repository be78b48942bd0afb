/**
 * What a session is, on both sides of the link between portal and game.
 *
 * <p>A client's connection is a {@link lychgate.session.PortalSession}, whatever its protocol.
 * Every message, in either direction, is a {@link lychgate.session.CommandTuple}. {@link
 * lychgate.session.GameLink} is the portal's connection to the game, {@link
 * lychgate.session.PortalSide} the way back, and {@link lychgate.session.SessionSync} the state
 * that survives a restart of the game. {@link lychgate.session.ClientFacts} is what is known about
 * the client, and who said so.
 *
 * <p>Values and interfaces only: no I/O, no threads, no clock.
 */
@NullMarked
package lychgate.session;

import org.jspecify.annotations.NullMarked;
