/**
 * The connection to a NATS server, over which portals and games of several machines meet: the only
 * package that knows the client library.
 *
 * <p>{@link lychgate.nats.NatsConnection} publishes, subscribes and asks; it comes up without a
 * server and connects when there is one. NATS delivers at most once: what must not be lost is
 * numbered, acknowledged and sent again by whoever uses this package. {@link
 * lychgate.nats.Subjects} names the subjects, {@link lychgate.nats.NatsConfig} is what is
 * configured.
 *
 * <p>No class of the library is loaded before {@link lychgate.nats.NatsConnection#open} is called.
 */
@NullMarked
package lychgate.nats;

import org.jspecify.annotations.NullMarked;
