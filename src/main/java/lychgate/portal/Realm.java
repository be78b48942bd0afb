package lychgate.portal;

import io.micrometer.core.instrument.MeterRegistry;

import lychgate.admin.AllPortals;
import lychgate.admin.Commands;
import lychgate.admin.NatsStatus;
import lychgate.admin.realm.CommandsToAll;
import lychgate.admin.realm.KnownPortals;
import lychgate.admin.realm.OrdersTaken;
import lychgate.bus.Greeting;
import lychgate.link.nats.NatsLink;
import lychgate.nats.Bus;
import lychgate.nats.FencedBus;
import lychgate.nats.HeardShards;
import lychgate.nats.NatsConfig;
import lychgate.nats.NatsConnection;
import lychgate.nats.Ping;
import lychgate.nats.ServerUrl;
import lychgate.nats.Subjects;
import lychgate.plugin.PortalPlugin;
import lychgate.plugin.Scheduler;
import lychgate.session.GameLink;
import lychgate.session.Meters;
import lychgate.session.SessionNumber;
import lychgate.transport.nats.NatsTransport;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * This portal among the others of its realm: the connection to NATS, and what uses it. Exists only
 * where NATS is configured.
 */
final class Realm {
    /** How often the round trip to each of the others is measured. */
    private static final Duration MEASURE = Duration.ofSeconds(2);

    private final NatsConfig config;
    private final Instant started;
    private final Meters meters;
    private final Greeting greeting;
    private final NatsTransport transport;
    private final HeardShards shards;
    private final KnownPortals known;
    private @Nullable NatsLink link;
    private @Nullable PlayersOfShard players;
    private volatile @Nullable NatsConnection connection;
    private volatile @Nullable Bus bus;
    private volatile @Nullable RealmClaims claims;
    private volatile @Nullable RealmMeters counted;

    /**
     * @param started when this portal was: it tells its incarnations apart
     */
    Realm(NatsConfig config, Instant started, Meters meters) {
        this.config = config;
        this.started = started;
        this.meters = meters;
        this.greeting = new Greeting(started.toEpochMilli(), host(), ProcessHandle.current().pid());
        this.shards = new HeardShards(config.shard(), System::nanoTime);
        this.transport =
                new NatsTransport(
                        config,
                        this::bus,
                        () -> connection().port(),
                        greeting,
                        this::check,
                        System::nanoTime);
        this.known = new KnownPortals(config, meters, System::nanoTime);
    }

    /** The number after which the sessions of this portal are counted. */
    long firstSession() {
        return SessionNumber.first(config.portal(), started);
    }

    /**
     * Begins to connect, and claims what this portal is configured to be.
     *
     * @param players the number of sessions that are logged in
     * @param refused gets the sentence for the operator, once this portal must end because another
     *     is what it claims to be
     * @throws IOException if what is configured cannot be used, or another portal is it: one
     *     sentence for the operator
     */
    void open(Scheduler timer, InstantSource clock, IntSupplier players, Consumer<String> refused)
            throws IOException {
        NatsConnection opened = NatsConnection.open(config, meters, System::nanoTime);
        connection = opened;
        RealmClaims claimed = new RealmClaims(config, greeting, players, refused, meters, clock);
        claims = claimed;
        bus = new FencedBus(opened, claimed::areHeld);
        PlayersOfShard ofShard = this.players;
        if (ofShard != null) {
            var _ =
                    opened.subscribeSharing(
                            config.subjects().gameHeartbeat(config.shard()),
                            (_, body) -> ofShard.heard(body));
        }
        claimed.open(opened, timer);
        Ping.answer(opened, config.subjects().portalPing(config.portal()));
        if (config.serve()) {
            Ping.answer(opened, config.subjects().gamePing(config.shard()));
            opened.subscribeSharing(config.subjects().gameHeartbeats(), shards);
        }
        known.open(opened);
        try {
            String refusal = claimed.await();
            if (refusal != null) {
                throw new IOException(refusal);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The start was interrupted.");
        }
    }

    /**
     * Takes operators' commands from the other portals from now on.
     *
     * @param commands of this portal
     * @return gives such commands to the others
     */
    AllPortals allPortals(Commands commands) {
        new OrdersTaken(config, commands, meters).open(connection());
        return new CommandsToAll(config, connection(), known, commands, meters);
    }

    private void check() {
        RealmClaims claimed = claims;
        if (claimed != null) {
            claimed.check();
        }
    }

    /** The other shards whose games answer now. */
    Set<String> otherShards() {
        return shards.now();
    }

    /** The link to the game that another portal serves. */
    GameLink link(Scheduler timer, InstantSource clock) {
        NatsLink made =
                new NatsLink(
                        config,
                        this::bus,
                        greeting,
                        timer,
                        this::check,
                        meters,
                        clock,
                        System::nanoTime);
        link = made;
        return made;
    }

    /**
     * The players of the whole shard.
     *
     * @param own the sessions here that are logged in; at the game's portal, those of others too
     */
    IntSupplier players(IntSupplier own) {
        if (config.serve()) {
            return own;
        }
        PlayersOfShard ofShard = new PlayersOfShard(own, meters, System::nanoTime);
        players = ofShard;
        return ofShard;
    }

    /** The connection, for operators. */
    NatsStatus status() {
        NatsConnection open = connection;
        String server = open != null && open.isConnected() ? open.server() : null;
        RealmMeters links = counted;
        return new NatsStatus(
                server != null,
                server == null
                        ? config.servers().stream()
                                .map(ServerUrl::toString)
                                .collect(Collectors.joining(", "))
                        : server,
                new NatsStatus.Place(config.portal(), config.shard(), config.serve()),
                links == null ? List.of() : links.status());
    }

    /** Measures the links to the others from now on. */
    void count(MeterRegistry registry, Scheduler timer) {
        NatsConnection over = connection();
        Subjects subjects = config.subjects();
        NatsLink toShards = link;
        RealmMeters made =
                toShards == null
                        ? new RealmMeters(
                                registry,
                                "portal",
                                transport::peers,
                                (number, then) ->
                                        Ping.measure(
                                                over,
                                                subjects.portalPing(Integer.parseInt(number)),
                                                System::nanoTime,
                                                then))
                        : new RealmMeters(
                                registry,
                                "shard",
                                toShards::peers,
                                (shard, then) ->
                                        Ping.measure(
                                                over,
                                                subjects.gamePing(shard),
                                                System::nanoTime,
                                                then));
        counted = made;
        var _ = timer.every(MEASURE, made::look);
    }

    /** The service that brings the sessions of other portals to the game of this process. */
    PortalPlugin transport() {
        return transport;
    }

    /** Tells the other portals that the game has stopped, and closes the connection. */
    void close() {
        transport.leave();
        RealmClaims claimed = claims;
        NatsConnection open = connection;
        if (claimed != null) {
            claimed.close();
        }
        if (open != null) {
            open.close();
        }
    }

    private NatsConnection connection() {
        return opened(connection);
    }

    private Bus bus() {
        return opened(bus);
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not open");
        }
        return part;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
