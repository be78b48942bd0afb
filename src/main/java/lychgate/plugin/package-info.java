/**
 * How the portal is extended: what a service implements, and the application that it is handed.
 *
 * <p>What listens is a {@link lychgate.plugin.PortalPlugin}: the telnet transport is one, and so is
 * a protocol that an outsider brings in a jar. It turns connections into {@link
 * lychgate.session.PortalSession}s and joins them to the {@link
 * lychgate.plugin.PortalSessionHandler}. A {@link lychgate.plugin.ServerPlugin} is the same on the
 * game's side: inputfuncs and other services for a game that runs in process.
 */
@NullMarked
package lychgate.plugin;

import org.jspecify.annotations.NullMarked;
