/**
 * Out-of-band notations: how a {@link lychgate.session.CommandTuple} is written for clients, and
 * read from them. Pure: text in, values out.
 *
 * <p>The others build on {@link lychgate.oob.Json}, the notation for values.
 */
@NullMarked
package lychgate.oob;

import org.jspecify.annotations.NullMarked;
