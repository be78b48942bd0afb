/**
 * Records what a session's wire carries, for {@code lychgate trace}.
 *
 * <p>Each conversation has a {@link lychgate.transport.trace.Tap}. Dialects tell it what they
 * decode and encode; it keeps the newest in an {@link lychgate.transport.trace.EventRing} of a few
 * KiB and hands it to whoever follows. {@link lychgate.transport.trace.TypedText} and {@link
 * lychgate.transport.trace.Secrets} take out what must not be seen before anything is kept: what is
 * typed unseen, what is typed before login but for the first word of a line, and both where the
 * game or a line editor says it again.
 */
@NullMarked
package lychgate.transport.trace;

import org.jspecify.annotations.NullMarked;
