/**
 * A protocol of one's own, done fully: one JSON array a line, over TCP. {@code
 * docs/writing-a-protocol.md} walks through it.
 */
@NullMarked
package lychgate.examples.linejson;

import org.jspecify.annotations.NullMarked;
