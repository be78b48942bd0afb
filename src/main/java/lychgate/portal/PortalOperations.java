package lychgate.portal;

import lychgate.address.Cidr;
import lychgate.admin.Ban;
import lychgate.admin.NatsStatus;
import lychgate.admin.Operations;
import lychgate.admin.SessionDetails;
import lychgate.admin.SessionRow;
import lychgate.admin.Status;
import lychgate.session.Departure;
import lychgate.session.Fact;
import lychgate.session.SessionSync;
import lychgate.session.Trace;
import lychgate.text.Markup;
import lychgate.text.OneLine;

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
import java.util.stream.Stream;

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
    private final Drain drain;
    private final Supplier<Map<String, Integer>> services;
    private final Supplier<@Nullable NatsStatus> nats;
    private final CurrentConfiguration current;
    private final Reloading reloading;

    /** Reads the configuration again. */
    interface Reloading {
        /** Does so; the exception's message is for the operator. */
        void run(Scope scope) throws IOException;
    }

    /**
     * @param services the listening services, each with its port
     * @param nats the connection to NATS; null if it is not used
     * @param current the configuration, which is read again by a reload
     */
    PortalOperations(
            String version,
            InstantSource clock,
            PortalSessions sessions,
            LinkReport link,
            Bans bans,
            Drain drain,
            Supplier<Map<String, Integer>> services,
            Supplier<@Nullable NatsStatus> nats,
            CurrentConfiguration current,
            Reloading reloading) {
        this.version = version;
        this.clock = clock;
        this.started = clock.instant();
        this.sessions = sessions;
        this.link = link;
        this.bans = bans;
        this.drain = drain;
        this.services = services;
        this.nats = nats;
        this.current = current;
        this.reloading = reloading;
    }

    @Override
    public Status status() {
        return new Status(
                version,
                started,
                Duration.between(started, clock.instant()),
                sessions.ids().size(),
                link.status(),
                services.get(),
                drain.status(),
                nats.get());
    }

    @Override
    public List<SessionRow> sessions(Players of) {
        return of(of).map(PortalOperations::row)
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
                session.connection().unsent(),
                sync.facts().get(Fact.ROUND_TRIP));
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
            sessions.turnEnds();
            log.info("{} kicked by operator{}", sessid, why);
        }
        return session != null;
    }

    @Override
    public void ban(Ban ban) throws IOException {
        log.info("{} banned by operator", ban);
        try {
            bans.add(ban);
        } finally {
            Markup why = ban.reason().isEmpty() ? BANNED : Markup.literal(ban.reason());
            for (OpenSession session : sessions.all()) {
                if (session.isFrom(ban.network())) {
                    session.disconnect(why, Departure.KICKED);
                }
            }
            sessions.turnEnds();
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
    public List<Ban> bans() {
        return bans.all();
    }

    @Override
    public List<String> reload(Scope scope) throws IOException {
        log.info(
                switch (scope) {
                    case CONFIGURATION -> "configuration reload requested by operator";
                    case WITH_GAME -> "configuration reload and game restart requested by operator";
                });
        try {
            reloading.run(scope);
            List<String> later = current.atNextStart();
            log.info(
                    "configuration reloaded{}",
                    later.isEmpty()
                            ? ""
                            : ", in effect only after the next start: " + String.join(", ", later));
            return later;
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage()).replace("\n", "; ");
            log.warn("reload refused, everything stays as it was: {}", OneLine.of(why));
            throw e;
        }
    }

    @Override
    public @Nullable SessionDetails details(long sessid) {
        OpenSession session = sessions.get(sessid);
        return session == null ? null : SessionInspection.of(session, row(session));
    }

    @Override
    public @Nullable Trace trace(long sessid) {
        OpenSession session = sessions.get(sessid);
        Trace trace = session == null ? null : session.connection().trace();
        if (trace != null) {
            log.info("{} traced by operator", sessid);
        }
        return trace;
    }

    @Override
    public void say(String words, Players to) {
        Markup said = Markup.literal(words);
        of(to).forEach(session -> session.say(said));
        sessions.turnEnds();
    }

    private Stream<OpenSession> of(Players which) {
        return sessions.all().stream()
                .filter(session -> which == Players.ALL || !session.isRelayed());
    }

    @Override
    public void drain(Duration timeout) {
        drain.begin(timeout);
    }
}
