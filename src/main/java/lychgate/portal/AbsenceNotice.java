package lychgate.portal;

import lychgate.session.GameLink;
import lychgate.text.Markup;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells players that the game is away, once for each absence. One who comes from another portal
 * while the game is away may have been told there, where this portal was away too. For one thread.
 */
final class AbsenceNotice {
    private static final Markup AWAY =
            Markup.of(
                    "|yThe game is away for a moment. What you type is kept, and done when it is"
                            + " back.|n");

    private final PortalSessions sessions;
    private final GameLink link;
    private final LongSupplier nanoTime;
    private final Map<OpenSession, Long> toldAt = new HashMap<>();

    /**
     * @param nanoTime a clock that only goes forward
     */
    AbsenceNotice(PortalSessions sessions, GameLink link, LongSupplier nanoTime) {
        this.sessions = sessions;
        this.link = link;
        this.nanoTime = nanoTime;
    }

    /**
     * Tells everybody who has been waiting for longer than {@link GameLink#QUIET_NANOS} and has not
     * been told yet.
     */
    void run() {
        if (link.longestAwayNanos() < GameLink.QUIET_NANOS) {
            toldAt.clear(); // of an absence that is over
            return;
        }
        long now = nanoTime.getAsLong();
        boolean told = false;
        toldAt.keySet().removeIf(OpenSession::gone);
        for (OpenSession each : sessions.all()) {
            long away = link.awayNanos(each.id());
            Long lately = toldAt.get(each);
            boolean knows = each.toldAwayWithin(away) || (lately != null && now - lately < away);
            if (away >= GameLink.QUIET_NANOS
                    && !knows
                    && each.age().toNanos() >= GameLink.QUIET_NANOS) {
                toldAt.put(each, now);
                each.say(AWAY);
                told = true;
            }
        }
        if (told) {
            sessions.turnEnds();
        }
    }
}
