package lychgate.session;

import java.time.Duration;
import java.time.Instant;

/**
 * The numbers of sessions where several portals share a game: 12 bits for the portal, 31 for the
 * second in which it was started, 20 that count. So no two sessions have the same one, whichever
 * portal opened them, and none is used twice.
 *
 * <p>Without other portals, sessions are counted from 1, which is portal 0.
 */
public final class SessionNumber {
    /** The largest number of a portal; the smallest is 1. */
    public static final int MAX_PORTAL = (1 << 12) - 1;

    private static final int PORTAL_SHIFT = 51;
    private static final int BOOT_SHIFT = 20;
    private static final long MAX_BOOT = (1L << (PORTAL_SHIFT - BOOT_SHIFT)) - 1; // in 2093
    private static final Instant EPOCH = Instant.parse("2025-01-01T00:00:00Z");

    private SessionNumber() {}

    /**
     * The number after which a portal counts that was started at that time. After a million
     * sessions it counts on through the seconds that have passed meanwhile.
     *
     * @throws IllegalArgumentException if the portal's number is none
     */
    public static long first(int portal, Instant started) {
        if (portal < 1 || portal > MAX_PORTAL) {
            throw new IllegalArgumentException(
                    "a portal's number is 1-" + MAX_PORTAL + ", not " + portal);
        }
        long boot = Math.clamp(Duration.between(EPOCH, started).toSeconds(), 0, MAX_BOOT);
        return (long) portal << PORTAL_SHIFT | boot << BOOT_SHIFT;
    }

    /** The portal that opened the session; 0 if it counts by itself. */
    public static int portal(long sessid) {
        return (int) (sessid >>> PORTAL_SHIFT);
    }
}
