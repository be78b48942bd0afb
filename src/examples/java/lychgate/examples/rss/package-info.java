/**
 * An example of a session that connects outwards without keeping a connection: the reader of an RSS
 * or Atom feed, which tells the game of new entries. {@link lychgate.examples.rss.Rss} is the
 * plugin; feeds are parsed by ROME.
 */
@NullMarked
package lychgate.examples.rss;

import org.jspecify.annotations.NullMarked;
