/**
 * The page that players open in a browser: static files, with what a browser needs to know about
 * them.
 *
 * <pre>
 *  GET ─► Page ─┬─► Assets      our own files, from memory, gzipped once: what resources lychgate/web holds
 *               └─► GameFolder  the game's own, from the folder web.page
 * </pre>
 *
 * <p>{@link lychgate.transport.web.page.PageHeaders} says which headers each of them gets.
 */
@NullMarked
package lychgate.transport.web.page;

import org.jspecify.annotations.NullMarked;
