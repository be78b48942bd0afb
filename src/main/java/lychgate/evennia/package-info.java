/**
 * Makes Lychgate's configuration of an Evennia game's settings.
 *
 * <p>{@link lychgate.evennia.GamePython} asks the game's own Python what holds, {@link
 * lychgate.evennia.GameSettings} is what it answers, {@link lychgate.evennia.ImportedSettings} what
 * becomes of it: a {@code lychgate.toml}, and a line for each setting that has no counterpart.
 */
@NullMarked
package lychgate.evennia;

import org.jspecify.annotations.NullMarked;
