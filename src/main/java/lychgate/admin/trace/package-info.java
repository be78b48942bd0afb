/**
 * {@code lychgate trace}: what a session's wire carries, for people.
 *
 * <p>{@link lychgate.admin.trace.TraceText} prints one event; {@link
 * lychgate.admin.trace.TraceStream} passes events from a session to an operator who may read
 * slowly.
 */
@NullMarked
package lychgate.admin.trace;

import org.jspecify.annotations.NullMarked;
