/**
 * An example of a protocol that connects outwards: a bot that brings the talk of an IRC channel
 * into the game, and the game's out. {@code docs/writing-a-protocol.md} walks through it.
 *
 * <p>{@link lychgate.examples.irc.Irc} is the plugin, {@link lychgate.examples.irc.IrcBot} one
 * session, which outlives its connections ({@link lychgate.examples.irc.IrcConnection}). The IRC
 * itself is spoken by the Kitteh IRC Client Library; what a server sends is bounded before the
 * library sees it.
 */
@NullMarked
package lychgate.examples.irc;

import org.jspecify.annotations.NullMarked;
