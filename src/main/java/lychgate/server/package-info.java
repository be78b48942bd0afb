/**
 * The API for games.
 *
 * <p>A {@link lychgate.server.Game} is told about sessions and their input; a {@link
 * lychgate.server.ServerSession} is one player's connection, whatever its protocol, and {@code msg}
 * sends to it; a {@link lychgate.server.Message} is what is sent; an {@link
 * lychgate.server.InputFunc} handles one kind of out-of-band input; {@link
 * lychgate.server.GameHost} is everything else that the runtime offers. {@code
 * docs/writing-a-game.md} starts with a game of twenty lines; {@code lychgate.demo} is a complete
 * one.
 *
 * <p>All methods of a game are called on one thread, the game thread: a game needs no locks. Slow
 * work goes to {@link lychgate.server.ServerSession#blocking}.
 *
 * <p>Interfaces and values only; {@link lychgate.server.runtime} is what runs a game.
 */
@NullMarked
package lychgate.server;

import org.jspecify.annotations.NullMarked;
