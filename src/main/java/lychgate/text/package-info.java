/**
 * Text with markup: how a game writes colour, style and links, and how they are rendered for each
 * client.
 *
 * <p>A game writes {@code |rred|n}; {@link lychgate.text.Spans} parses that once into {@link
 * lychgate.text.Span}s; {@link lychgate.text.Renderer} renders these as escape sequences for 16,
 * 256 or all colours, as plain words or for a screen reader, {@link lychgate.text.HtmlRenderer} as
 * HTML. The markup language is Evennia's.
 *
 * <p>The author of a text is part of its type. {@link lychgate.text.Markup} is written by the game,
 * and its tags are interpreted; {@link lychgate.text.PlayerText} is what a player typed, and can
 * become part of a Markup only by being escaped.
 */
@NullMarked
package lychgate.text;

import org.jspecify.annotations.NullMarked;
