/**
 * What an Evennia Server and its Portal say to one another, as values: how a session, its flags and
 * commands are written down, which operations there are, and what Evennia's launcher asks and
 * orders. Knows no connection; {@link lychgate.link.amp} sends and receives it.
 *
 * <p>{@link lychgate.evennia.wire.Payload} is what every message carries, {@link
 * lychgate.evennia.wire.SyncAttributes} a session, {@link lychgate.evennia.wire.ProtocolFlags} what
 * is known of its client.
 */
@NullMarked
package lychgate.evennia.wire;

import org.jspecify.annotations.NullMarked;
