package lychgate.transport.nats;

import lychgate.bus.Greeting;
import lychgate.nats.Bus;
import lychgate.nats.NatsConfig;
import lychgate.nats.NatsStream;
import lychgate.nats.Peer;
import lychgate.nats.Subjects;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;
import lychgate.plugin.RelayedSessions;
import lychgate.plugin.Scheduler.Cancellable;
import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Brings the sessions of other portals to the game of this process, as the game of a shard. There
 * is no listener: portals are heard over NATS.
 *
 * <p>It is stopped in two steps. From {@link #closeListener} on, nothing new reaches the game; what
 * the game still finishes is passed on, until {@link #leave} says that it has stopped.
 */
public final class NatsTransport implements PortalPlugin {
    private final NatsConfig config;
    private final Supplier<? extends Bus> bus;
    private final IntSupplier port;
    private final Subjects subjects;
    private final Greeting greeting;
    private final Runnable superseded;
    private final LongSupplier nanoTime;
    private final Map<Integer, RemotePortal> portals = new ConcurrentHashMap<>();
    private Bus.@Nullable Listening subscription;
    private @Nullable Cancellable ticking;
    private volatile boolean stopping;

    /**
     * @param bus asked from the start on
     * @param port of the NATS server, asked from the start on
     * @param greeting what this portal says of itself
     * @param superseded run when a portal speaks with another game of this shard
     */
    public NatsTransport(
            NatsConfig config,
            Supplier<? extends Bus> bus,
            IntSupplier port,
            Greeting greeting,
            Runnable superseded,
            LongSupplier nanoTime) {
        this.config = config;
        this.bus = bus;
        this.port = port;
        this.subjects = config.subjects();
        this.greeting = greeting;
        this.superseded = superseded;
        this.nanoTime = nanoTime;
    }

    @Override
    public String name() {
        return NatsConfig.SERVICE;
    }

    /** None of its own: a session counts as what its client speaks. */
    @Override
    public Set<String> transports() {
        return Set.of();
    }

    @Override
    public void start(PortalApplication application) {
        RelayedSessions relayed = application.sessions().relayed();
        relayed.whenTurnEnds(() -> told(PortalTelling::flush));
        relayed.whenReloaded(away -> told(telling -> telling.reloaded(away)));
        subscription =
                bus.get()
                        .subscribe(
                                subjects.toGame(config.shard()),
                                (subject, frame) -> received(application, subject, frame));
        ticking = application.scheduler().every(NatsStream.TICK, this::tick);
    }

    /** Each of the other portals is told something. */
    private void told(Consumer<PortalTelling> what) {
        portals.values().forEach(portal -> what.accept(portal.telling()));
    }

    private void tick() {
        boolean listening = bus.get().isListening();
        portals.values().forEach(portal -> portal.tick(listening));
    }

    private void received(PortalApplication application, String subject, byte[] frame) {
        int number = Subjects.portal(subject);
        if (number == 0) {
            application.meters().malformed("bus_subject");
            return;
        }
        portals.computeIfAbsent(number, n -> portal(n, application)).received(frame);
    }

    private RemotePortal portal(int number, PortalApplication application) {
        Meters meters = application.meters();
        return new RemotePortal(
                number,
                application,
                () -> streamTo(number, meters),
                () -> stopping,
                () -> bus.get().isListening(),
                superseded);
    }

    private NatsStream streamTo(int number, Meters meters) {
        return new NatsStream(
                "portal " + number,
                false,
                greeting,
                bus,
                subjects.toPortal(number, config.shard()),
                meters,
                nanoTime);
    }

    /** The portals that have been heard, by number. */
    public Map<String, Peer> peers() {
        Map<String, Peer> peers = new HashMap<>();
        portals.forEach(
                (number, portal) ->
                        peers.put(
                                Integer.toString(number),
                                new Peer(portal::stream, portal::state, null)));
        return peers;
    }

    @Override
    public OptionalInt port() {
        return OptionalInt.of(port.getAsInt());
    }

    @Override
    public void closeListener() {
        stopping = true;
    }

    /** Other portals wait for the next game; what this one still finishes is told them. */
    @Override
    public void stop() {
        stopping = true;
    }

    /** The game has stopped: the other portals are told. */
    public void leave() {
        if (ticking != null) {
            ticking.cancel();
        }
        if (subscription != null) {
            subscription.close();
        }
        portals.values().forEach(RemotePortal::leave);
    }
}
