package lychgate.evennia;

import lychgate.address.HostPort;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * Section {@code [evennia]} of the configuration.
 *
 * @param gameDir the game's folder; null: somebody else starts the game
 * @param python the Python in which Evennia is installed; null: the first on the path
 * @param autostart whether the game is started with the portal
 * @param website where the game's own web server listens; null: its site is not served here
 */
public record EvenniaConfig(
        @Nullable Path gameDir,
        @Nullable Path python,
        boolean autostart,
        @Nullable HostPort website) {
    /** What holds where the configuration says nothing. */
    public static final EvenniaConfig DEFAULT = new EvenniaConfig(null, null, false, null);
}
