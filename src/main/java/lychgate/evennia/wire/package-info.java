/**
 * The messages between an Evennia Server, its Portal and its launcher, as values: the notation of
 * sessions, flags and commands, the operations, and the launcher's questions and orders. Knows no
 * connection; {@link lychgate.link.amp} sends and receives them.
 *
 * <p>{@link lychgate.evennia.wire.Payload} is the payload of every message, {@link
 * lychgate.evennia.wire.SyncAttributes} describes a session, {@link
 * lychgate.evennia.wire.ProtocolFlags} what is known of its client.
 */
@NullMarked
package lychgate.evennia.wire;

import org.jspecify.annotations.NullMarked;
