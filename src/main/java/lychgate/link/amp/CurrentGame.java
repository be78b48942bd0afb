package lychgate.link.amp;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * The connection of the game, if there is one. Changed on the loop's thread; any thread may ask.
 */
final class CurrentGame {
    private record Present(AmpConnection connection, Map<?, ?> about) {}

    private volatile @Nullable Present present;

    /** The game's connection; null while there is none. */
    @Nullable AmpConnection connection() {
        Present now = present;
        return now == null ? null : now.connection;
    }

    /** What the game has said of itself; empty while there is none. */
    Map<?, ?> about() {
        Present now = present;
        return now == null ? Map.of() : now.about;
    }

    boolean is(AmpConnection connection) {
        return connection() == connection;
    }

    /** This connection is the game from now on. */
    void becomes(AmpConnection connection, Map<?, ?> about) {
        present = new Present(connection, about);
    }

    /** The game has disconnected. */
    void lost() {
        present = null;
    }
}
