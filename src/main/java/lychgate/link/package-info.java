/**
 * What every link to a game outside this process needs, whatever it speaks. Values in, values out:
 * no connection, no thread, no clock.
 */
@NullMarked
package lychgate.link;

import org.jspecify.annotations.NullMarked;
