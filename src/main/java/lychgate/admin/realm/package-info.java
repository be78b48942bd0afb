/**
 * Commands to all portals of a realm, {@code --all}: the portal to which an operator gives one asks
 * each of the others over NATS, and puts their answers together.
 *
 * <pre>
 *   lychgate kick 7 --all ──► admin.sock ──► {@link lychgate.admin.realm.CommandsToAll}
 *                                              │  Order, to each that is known      ▲
 *                                              ▼                                    │ parts of its answer
 *                            {@link lychgate.admin.realm.OrdersTaken} of each other portal
 * </pre>
 *
 * <p>Which portals there are is known from their heartbeats ({@link
 * lychgate.admin.realm.KnownPortals}), so that those that do not answer can be named. Who may give
 * orders is up to the NATS server: a subject has the number of the portal that gives them.
 */
@NullMarked
package lychgate.admin.realm;

import org.jspecify.annotations.NullMarked;
