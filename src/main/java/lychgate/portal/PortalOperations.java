package lychgate.portal;

import lychgate.address.Cidr;
import lychgate.admin.Operations;
import lychgate.admin.SessionRow;
import lychgate.admin.Status;
import lychgate.text.Markup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What an operator asks of this portal. */
final class PortalOperations implements Operations {
    private static final Logger log = LoggerFactory.getLogger(PortalOperations.class);
    private static final Markup KICKED = Markup.of("|yYou have been asked to leave.|n");
    private static final Markup BANNED = Markup.of("|yYou may not stay here.|n");

    private final String version;
    private final InstantSource clock;
    private final Instant started;
    private final PortalSessions sessions;
    private final Bans bans;
    private final Supplier<Map<String, Integer>> services;
    private final Reload reload;

    /** Reads the configuration again and restarts the game. */
    interface Reload {
        /** Does so; the message of a failure is for the operator. */
        void run() throws IOException;
    }

    /**
     * @param services that listen now, each with its port
     */
    PortalOperations(
            String version,
            InstantSource clock,
            PortalSessions sessions,
            Bans bans,
            Supplier<Map<String, Integer>> services,
            Reload reload) {
        this.version = version;
        this.clock = clock;
        this.started = clock.instant();
        this.sessions = sessions;
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
                sessions.linkStatus(),
                services.get());
    }

    @Override
    public List<SessionRow> sessions() {
        return sessions.rows();
    }

    @Override
    public boolean kick(long sessid, String reason) {
        boolean there = sessions.kick(sessid, reason.isEmpty() ? KICKED : Markup.literal(reason));
        if (there) {
            String why = reason.isEmpty() ? "" : ": " + OneLine.of(reason);
            log.info("{} is ended by the operator{}", sessid, why);
        }
        return there;
    }

    @Override
    public void ban(Cidr network) throws IOException {
        log.info("{} is banned by the operator", network);
        try {
            bans.add(network);
        } finally {
            sessions.disconnectFrom(network, BANNED);
        }
    }

    @Override
    public boolean unban(Cidr network) throws IOException {
        boolean wasBanned = bans.remove(network);
        if (wasBanned) {
            log.info("{} is let in again by the operator", network);
        }
        return wasBanned;
    }

    @Override
    public List<Cidr> bans() {
        return bans.all();
    }

    @Override
    public void reload() throws IOException {
        log.info("the operator has the configuration read again and the game restarted");
        reload.run();
    }

    @Override
    public void say(String words) {
        sessions.announce(Markup.literal(words));
    }
}
