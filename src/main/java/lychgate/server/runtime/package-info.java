/**
 * Runs a {@link lychgate.server.Game} in process.
 *
 * <p>{@link lychgate.server.runtime.ServerSessionHandler} is the game's side of the link: it keeps
 * the sessions, hands their input to inputfuncs and their output to the portal, all on one {@link
 * lychgate.server.runtime.GameThread}. What a turn of that thread sends to a session leaves in one
 * go at the turn's end.
 */
@NullMarked
package lychgate.server.runtime;

import org.jspecify.annotations.NullMarked;
