package lychgate.portal;

import lychgate.admin.LinkStatus;
import lychgate.session.GameLink;

import java.time.Duration;

/** Reports the state of the link to the game, and what is held for the game, to operators. */
final class LinkReport {
    private final PortalSessions sessions;
    private final GameLink link;

    LinkReport(PortalSessions sessions, GameLink link) {
        this.sessions = sessions;
        this.link = link;
    }

    LinkStatus status() {
        boolean up = link.state() == GameLink.State.UP;
        long commands = 0;
        long bytes = 0;
        if (!up) {
            for (OpenSession each : sessions.all()) {
                commands += each.window().commands();
                bytes += each.window().bytes();
            }
        }
        return new LinkStatus(
                up,
                up ? Duration.ZERO : Duration.ofNanos(link.awayNanos()),
                commands,
                bytes,
                sessions.refusedInput());
    }
}
