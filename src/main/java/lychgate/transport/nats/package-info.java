/**
 * Sessions that come from other portals over NATS: the transport of a portal that serves its game
 * to them.
 *
 * <pre>
 *     NATS ► NatsStream ► RemotePortal ► RelayedSession ► RelayedSessions ► the game
 *          ◄ NatsStream ◄ PendingOutput ◄ RelayedSession ◄                ◄
 * </pre>
 *
 * <p>Each session is a {@link lychgate.session.PortalSession} of this process, whatever game it
 * has; its client is connected to its own portal, which numbers it, limits it, and keeps what its
 * game should know after a restart.
 */
@NullMarked
package lychgate.transport.nats;

import org.jspecify.annotations.NullMarked;
