/**
 * What a game is written against.
 *
 * <p>A {@link lychgate.server.Game} is told of sessions and of what is typed; a {@link
 * lychgate.server.ServerSession} is one player's connection, whatever its protocol, and {@code msg}
 * sends to it; a {@link lychgate.server.Message} is what is sent; an {@link
 * lychgate.server.InputFunc} handles one kind of out-of-band input; {@link
 * lychgate.server.GameHost} is everything else that a game may ask for. {@code
 * docs/writing-a-game.md} begins with a game of twenty lines; {@code lychgate.demo} is a whole one.
 *
 * <p>All of a game's methods are called on one thread, the game thread, one after the other: a game
 * needs no locks. What takes long goes to {@link lychgate.server.ServerSession#blocking}.
 *
 * <p>Interfaces and values only; {@link lychgate.server.runtime} is what runs a game.
 */
@NullMarked
package lychgate.server;

import org.jspecify.annotations.NullMarked;
