package lychgate.session;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * What the game's website knows of browsers: one that is logged in there is logged in to the game,
 * and the other way round. Any thread may call; nothing blocks.
 */
public interface BrowserLogins {
    /** For a game without a website: no browser is known. */
    BrowserLogins NONE =
            new BrowserLogins() {
                @Override
                public void find(String csessid, Consumer<@Nullable Browser> then) {
                    then.accept(null);
                }

                @Override
                public void loggedIn(Browser browser, long uid) {}

                @Override
                public void left(Browser browser) {}
            };

    /**
     * Looks for a browser by the key of its session.
     *
     * @param csessid the key, as the client sent it
     * @param then given what is known within about a second; null for nothing. Called once, on any
     *     thread
     */
    void find(String csessid, Consumer<@Nullable Browser> then);

    /** An account has been logged in to the game. */
    void loggedIn(Browser browser, long uid);

    /** The session in the game has ended, as the player or the game wished. */
    void left(Browser browser);
}
