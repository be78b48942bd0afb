/**
 * Commands in other people's notations: how a {@link lychgate.session.CommandTuple} is written for
 * clients, and read from them. Pure: text in, values out.
 *
 * <p>{@link lychgate.oob.Json} is the notation of values that the others build on.
 */
@NullMarked
package lychgate.oob;

import org.jspecify.annotations.NullMarked;
