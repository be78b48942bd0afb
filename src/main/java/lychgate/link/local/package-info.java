/** The link to a game in the same process: what crosses it is handed over, not encoded. */
@NullMarked
package lychgate.link.local;

import org.jspecify.annotations.NullMarked;
