package lychgate.portal;

import lychgate.plugin.Limits;
import lychgate.session.Departure;
import lychgate.session.Meters;
import lychgate.text.Markup;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Ends sessions that take too long to log in, or are idle for too long: {@code
 * limits.login_seconds} and {@code limits.idle_seconds}. For one thread.
 */
final class SessionSweep {
    private static final Markup TOO_SLOW_TO_LOG_IN =
            Markup.of("You took too long to log in. Please connect again.");
    private static final Markup IDLE =
            Markup.of("You have been idle for too long. Please come again.");

    private final PortalSessions sessions;
    private final Supplier<Limits> limits;
    private final Meters meters;
    private final Set<OpenSession> ending = new HashSet<>();

    SessionSweep(PortalSessions sessions, Supplier<Limits> limits, Meters meters) {
        this.sessions = sessions;
        this.limits = limits;
        this.meters = meters;
    }

    /** Checks every session once. */
    void run() {
        ending.removeIf(OpenSession::gone);
        sessions.lookAtRequests();
        for (OpenSession each : sessions.all()) {
            if (each.isRelayed()) {
                continue; // its own portal looks at it
            }
            if (over(limits.get().loginSeconds(), each.age()) && !each.sync().loggedIn()) {
                end(each, "login_seconds", TOO_SLOW_TO_LOG_IN, Departure.LIMIT);
            } else if (over(limits.get().idleSeconds(), each.idle()) && !each.isOutbound()) {
                end(each, "idle_seconds", IDLE, Departure.IDLE);
            }
        }
    }

    private static boolean over(int seconds, Duration time) {
        return seconds > 0 && time.compareTo(Duration.ofSeconds(seconds)) > 0;
    }

    /** Ends a session; one that takes its time is told once. */
    private void end(OpenSession session, String limit, Markup reason, Departure why) {
        if (ending.add(session)) {
            meters.refused(limit);
            session.disconnect(reason, why);
        }
    }
}
