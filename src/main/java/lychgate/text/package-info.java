/**
 * Text with markup: how a game writes colour, style and links, and how each client gets to see
 * them.
 *
 * <p>A game writes {@code |rred|n}; {@link lychgate.text.Spans} parses that once into {@link
 * lychgate.text.Span}s, and {@link lychgate.text.Renderer} shows these as escape sequences for 16,
 * 256 or all colours, as plain words, for a screen reader, {@link lychgate.text.HtmlRenderer} as
 * HTML. The markup language is Evennia's.
 *
 * <p>Who wrote a text is part of its type. {@link lychgate.text.Markup} is the game's own, and its
 * tags act; {@link lychgate.text.PlayerText} is what a player typed, and can only become part of a
 * Markup by being escaped.
 */
@NullMarked
package lychgate.text;

import org.jspecify.annotations.NullMarked;
