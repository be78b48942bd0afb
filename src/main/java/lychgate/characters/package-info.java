/**
 * Characters: {@link lychgate.characters.Graphemes} finds where user-perceived characters begin and
 * end, {@link lychgate.characters.TerminalInput} separates what was typed from a terminal's control
 * functions. All protocols use these, so that a key has the same effect in each.
 */
@NullMarked
package lychgate.characters;

import org.jspecify.annotations.NullMarked;
