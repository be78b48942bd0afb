/**
 * Puts the portal together and runs it.
 *
 * <p>{@link lychgate.portal.Portal} is the wiring: the only place that names every concrete class.
 * {@link lychgate.portal.PortalSessions} connects the sessions and the game; {@link
 * lychgate.portal.ConnectionLimits} decides who may connect; the rest are parts that every service
 * uses.
 */
@NullMarked
package lychgate.portal;

import org.jspecify.annotations.NullMarked;
