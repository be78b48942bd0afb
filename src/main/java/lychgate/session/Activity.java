package lychgate.session;

import java.time.Instant;

/**
 * What a session has done, and when.
 *
 * @param connTime when the connection was made, or the account logged in
 * @param cmdLast when the last input came
 * @param cmdLastVisible when the last input came that counts against idleness
 * @param cmdTotal inputs so far
 */
public record Activity(Instant connTime, Instant cmdLast, Instant cmdLastVisible, long cmdTotal) {
    /** A connection that has just been made. */
    static Activity connected(Instant now) {
        return new Activity(now, now, now, 0);
    }
}
