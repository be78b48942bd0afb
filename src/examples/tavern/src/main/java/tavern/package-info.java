/** A game of one room, to begin a game of your own with. */
@NullMarked
package tavern;

import org.jspecify.annotations.NullMarked;
