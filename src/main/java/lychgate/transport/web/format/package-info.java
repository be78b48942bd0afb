/**
 * What is spoken over a WebSocket, as pure functions: each {@link
 * lychgate.transport.web.format.Format} turns the game's commands into messages, and a client's
 * messages into what it said. {@link lychgate.transport.web.format.Frames} has the bytes.
 */
@NullMarked
package lychgate.transport.web.format;

import org.jspecify.annotations.NullMarked;
