/**
 * A load on a running portal, and what it costs: the figures of {@code docs/performance.md} come
 * from here.
 */
@NullMarked
package lychgate.load;

import org.jspecify.annotations.NullMarked;
