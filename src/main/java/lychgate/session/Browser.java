package lychgate.session;

import org.jspecify.annotations.Nullable;

/**
 * A browser's session on the game's website. Its key opens that session: it is never logged.
 *
 * @param csessid the key
 * @param uid the number of the account that is logged in there; null for none
 * @param nonce changes whenever the website has logged the browser in to the game anew
 */
public record Browser(String csessid, @Nullable Long uid, long nonce) {
    @Override
    public String toString() {
        return "browser of account " + uid;
    }
}
