/** The link to a game in the same process: values cross it without being encoded. */
@NullMarked
package lychgate.link.local;

import org.jspecify.annotations.NullMarked;
