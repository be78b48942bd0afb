package lychgate.portal;

import lychgate.bus.Greeting;
import lychgate.link.nats.NatsLink;
import lychgate.nats.NatsConfig;
import lychgate.nats.NatsConnection;
import lychgate.plugin.PortalPlugin;
import lychgate.plugin.Scheduler;
import lychgate.session.GameLink;
import lychgate.session.Meters;
import lychgate.session.SessionNumber;
import lychgate.transport.nats.NatsTransport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;

/**
 * This portal among the others of its realm: the connection to NATS, and what uses it. Exists only
 * where NATS is configured.
 */
final class Realm {
    private static final Logger log = LoggerFactory.getLogger(Realm.class);

    private final NatsConfig config;
    private final Instant started;
    private final Meters meters;
    private final Greeting greeting;
    private final NatsTransport transport;
    private volatile @Nullable NatsConnection connection;

    /**
     * @param started when this portal was: it tells its incarnations apart
     */
    Realm(NatsConfig config, Instant started, Meters meters) {
        this.config = config;
        this.started = started;
        this.meters = meters;
        this.greeting = new Greeting(started.toEpochMilli(), host(), ProcessHandle.current().pid());
        this.transport =
                new NatsTransport(
                        config,
                        this::connection,
                        () -> connection().port(),
                        greeting,
                        System::nanoTime);
    }

    /** The number after which the sessions of this portal are counted. */
    long firstSession() {
        return SessionNumber.first(config.portal(), started);
    }

    /**
     * Begins to connect.
     *
     * @throws IOException if what is configured cannot be used: one sentence for the operator
     */
    void open() throws IOException {
        connection = NatsConnection.open(config, meters, System::nanoTime);
    }

    /** The link to the game that another portal serves. */
    GameLink link(Scheduler timer, InstantSource clock) {
        return new NatsLink(
                config,
                this::connection,
                greeting,
                timer,
                () -> log.error("another portal has the number {}", config.portal()),
                meters,
                clock,
                System::nanoTime);
    }

    /** The service that brings the sessions of other portals to the game of this process. */
    PortalPlugin transport() {
        return transport;
    }

    /** Tells the other portals that the game has stopped, and closes the connection. */
    void close() {
        transport.leave();
        NatsConnection open = connection;
        if (open != null) {
            open.close();
        }
    }

    private NatsConnection connection() {
        NatsConnection open = connection;
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return open;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
