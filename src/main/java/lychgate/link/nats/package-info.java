/**
 * The link over NATS to a game that another portal of the realm serves.
 *
 * <pre>
 *     NatsLink ► GameTelling ► ShardSession ► NatsStream ► NATS
 *                ShardLink ◄────────────────── NatsStream ◄ NATS
 * </pre>
 *
 * <p>The stream to each shard is reliable for as long as both ends live. What outlives the game is
 * here: the state of each session, and its commands from the moment at which they were handed over
 * until the game has answered them.
 */
@NullMarked
package lychgate.link.nats;

import org.jspecify.annotations.NullMarked;
