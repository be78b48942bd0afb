/**
 * Puts the portal together and runs it.
 *
 * <p>{@link lychgate.portal.Portal} is the wiring: the one place that names every concrete part.
 * {@link lychgate.portal.PortalSessions} keeps the sessions and stands between them and the game;
 * {@link lychgate.portal.ConnectionLimits} decides who may connect; the rest are the parts that
 * every service is handed.
 */
@NullMarked
package lychgate.portal;

import org.jspecify.annotations.NullMarked;
