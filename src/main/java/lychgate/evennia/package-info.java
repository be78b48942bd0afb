/**
 * Evennia on this machine: a game's folder, its settings, and the process of its Server. What the
 * Server and its Portal say to one another is {@link lychgate.evennia.wire}.
 *
 * <p>{@link lychgate.evennia.EvenniaServer} starts the Server and looks after it. {@link
 * lychgate.evennia.GamePython} asks the game's own Python what its settings are, {@link
 * lychgate.evennia.GameSettings} is what it answers, {@link lychgate.evennia.ImportedSettings} what
 * becomes of it: a {@code lychgate.toml}, and a line for each setting that has no counterpart.
 */
@NullMarked
package lychgate.evennia;

import org.jspecify.annotations.NullMarked;
