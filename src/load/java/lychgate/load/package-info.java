/**
 * Load and attack programs, which run against a portal; the source of the figures in {@code
 * docs/performance.md}.
 */
@NullMarked
package lychgate.load;

import org.jspecify.annotations.NullMarked;
