/**
 * Runs a {@link lychgate.server.Game} in process.
 *
 * <p>{@link lychgate.server.runtime.ServerSessionHandler} is the game's side of the link: it keeps
 * the sessions, passes their input to inputfuncs and their output to the portal, all on one {@link
 * lychgate.server.runtime.GameThread}. The output of a turn to a session is sent at once when the
 * turn ends.
 */
@NullMarked
package lychgate.server.runtime;

import org.jspecify.annotations.NullMarked;
