/**
 * What a character is: {@link lychgate.characters.Graphemes} says where one begins and ends for
 * people, {@link lychgate.characters.TerminalInput} which of those that a terminal sends were
 * typed. Whoever reads what is typed asks here, so that a key does the same over every protocol.
 */
@NullMarked
package lychgate.characters;

import org.jspecify.annotations.NullMarked;
