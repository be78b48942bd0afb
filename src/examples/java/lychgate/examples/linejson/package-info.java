/**
 * A complete protocol plugin: one JSON array per line, over TCP. {@code docs/writing-a-protocol.md}
 * walks through it.
 */
@NullMarked
package lychgate.examples.linejson;

import org.jspecify.annotations.NullMarked;
