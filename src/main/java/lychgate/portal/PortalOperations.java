package lychgate.portal;

import lychgate.address.Cidr;
import lychgate.admin.Operations;
import lychgate.admin.SessionRow;
import lychgate.admin.Status;
import lychgate.session.Departure;
import lychgate.session.Fact;
import lychgate.session.SessionSync;
import lychgate.text.Markup;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Carries out operators' commands. */
final class PortalOperations implements Operations {
    private static final Logger log = LoggerFactory.getLogger(PortalOperations.class);
    private static final Markup KICKED = Markup.of("|yYou have been asked to leave.|n");
    private static final Markup BANNED = Markup.of("|yYou may not stay here.|n");

    private final String version;
    private final InstantSource clock;
    private final Instant started;
    private final PortalSessions sessions;
    private final LinkReport link;
    private final Bans bans;
    private final Supplier<Map<String, Integer>> services;
    private final Reload reload;

    /** Reads the configuration again and restarts the game. */
    interface Reload {
        /** Does so; the exception's message is for the operator. */
        void run() throws IOException;
    }

    /**
     * @param services the listening services, each with its port
     */
    PortalOperations(
            String version,
            InstantSource clock,
            PortalSessions sessions,
            LinkReport link,
            Bans bans,
            Supplier<Map<String, Integer>> services,
            Reload reload) {
        this.version = version;
        this.clock = clock;
        this.started = clock.instant();
        this.sessions = sessions;
        this.link = link;
        this.bans = bans;
        this.services = services;
        this.reload = reload;
    }

    @Override
    public Status status() {
        return new Status(
                version,
                started,
                Duration.between(started, clock.instant()),
                sessions.ids().size(),
                link.status(),
                services.get());
    }

    @Override
    public List<SessionRow> sessions() {
        return sessions.all().stream()
                .map(PortalOperations::row)
                .sorted(Comparator.comparingLong(SessionRow::id))
                .toList();
    }

    private static SessionRow row(OpenSession session) {
        SessionSync sync = session.sync();
        return new SessionRow(
                session.id(),
                oneLine(sync.loggedIn() ? sync.login().uname() : null),
                sync.origin().protocolKey(),
                sync.origin().address(),
                oneLine(sync.facts().get(Fact.CLIENT)),
                session.idle(),
                session.absence(),
                session.connection().unsent());
    }

    private static String oneLine(@Nullable String said) {
        return said == null ? "" : OneLine.of(said);
    }

    @Override
    public boolean kick(long sessid, String reason) {
        OpenSession session = sessions.get(sessid);
        if (session != null) {
            session.disconnect(
                    reason.isEmpty() ? KICKED : Markup.literal(reason), Departure.KICKED);
            String why = reason.isEmpty() ? "" : ": " + OneLine.of(reason);
            log.info("{} kicked by operator{}", sessid, why);
        }
        return session != null;
    }

    @Override
    public void ban(Cidr network) throws IOException {
        log.info("{} banned by operator", network);
        try {
            bans.add(network);
        } finally {
            for (OpenSession session : sessions.all()) {
                if (session.isFrom(network)) {
                    session.disconnect(BANNED, Departure.KICKED);
                }
            }
        }
    }

    @Override
    public boolean unban(Cidr network) throws IOException {
        boolean wasBanned = bans.remove(network);
        if (wasBanned) {
            log.info("{} unbanned by operator", network);
        }
        return wasBanned;
    }

    @Override
    public List<Cidr> bans() {
        return bans.all();
    }

    @Override
    public void reload() throws IOException {
        log.info("configuration reload and game restart requested by operator");
        reload.run();
    }

    @Override
    public void say(String words) {
        sessions.all().forEach(session -> session.say(Markup.literal(words)));
    }
}
