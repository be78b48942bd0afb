package lychgate.session;

import org.jspecify.annotations.Nullable;

/**
 * Who is logged in over a session. A game may set each part separately, so none implies another.
 *
 * @param loggedIn whether an account is logged in
 * @param uid the account's number
 * @param uname the account's name
 * @param puid the number of the character that the account plays
 */
public record Login(
        boolean loggedIn, @Nullable Long uid, @Nullable String uname, @Nullable Long puid) {
    /** Nobody. */
    public static final Login NONE = new Login(false, null, null, null);

    /** The game itself, in process: a session that it has asked for, by a name of its choice. */
    public static Login ofGame(String name) {
        return new Login(true, null, name, null);
    }

    /** Whether it is the game itself: an account of a game in process has a number. */
    public boolean isOfGame() {
        return loggedIn && uid == null;
    }
}
