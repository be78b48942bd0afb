/**
 * A session on its transport's side, whatever is spoken; written once, and used by every protocol.
 *
 * <p>A {@link lychgate.transport.Conversation} is the life of a session. It stands between the
 * session handler and a connection, which has two halves: a {@link lychgate.transport.Wire}, which
 * moves bytes, and a {@link lychgate.transport.Dialect}, which knows what they mean. It reads while
 * nothing speaks against it ({@link lychgate.transport.Reading}), queues what is to be sent ({@link
 * lychgate.transport.SendQueue}), and ends in order. {@link lychgate.transport.Typing} is how a
 * player's lines come in and text gets onto the screen around them.
 *
 * <p>Knows no network library and does no I/O: those that speak a protocol ({@link
 * lychgate.transport.telnet}, {@link lychgate.transport.ssh}, a plugin) bring wire and dialect.
 */
@NullMarked
package lychgate.transport;

import org.jspecify.annotations.NullMarked;
