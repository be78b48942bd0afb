/**
 * How to extend the portal: the interface of a service, and of the application it is given.
 *
 * <p>Whatever listens is a {@link lychgate.plugin.PortalPlugin}: the telnet transport is one, and
 * so is a protocol that comes in somebody else's jar. It turns connections into {@link
 * lychgate.session.PortalSession}s and joins them to the {@link
 * lychgate.plugin.PortalSessionHandler}. A {@link lychgate.plugin.ServerPlugin} is the same on the
 * game's side: inputfuncs and other services for a game that runs in process.
 */
@NullMarked
package lychgate.plugin;

import org.jspecify.annotations.NullMarked;
