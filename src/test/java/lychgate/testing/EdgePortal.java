package lychgate.testing;

import lychgate.bus.Greeting;
import lychgate.link.nats.NatsLink;
import lychgate.nats.NatsConfig;
import lychgate.session.GameLink.State;
import lychgate.transport.nats.NatsTransport;

import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A portal for one transport, whose sessions are brought over a bus in memory to another's game.
 */
public final class EdgePortal implements AutoCloseable {
    private final MemoryBus bus = new MemoryBus();
    private final NatsTransport serving;
    private final AtomicReference<NatsLink> link = new AtomicReference<>();
    private final RecordingPortal portal;

    /**
     * @param game the portal whose game they meet
     */
    public EdgePortal(RecordingPortal game) {
        serving =
                new NatsTransport(
                        config(2, true),
                        () -> bus,
                        () -> 4222,
                        new Greeting(2, "there", 2),
                        () -> {},
                        System::nanoTime);
        serving.start(game);
        portal =
                RecordingPortal.linked(
                        (timer, meters) -> {
                            link.set(
                                    new NatsLink(
                                            config(1, false),
                                            () -> bus,
                                            new Greeting(1, "here", 1),
                                            timer,
                                            () -> {},
                                            meters,
                                            InstantSource.system(),
                                            System::nanoTime));
                            return link();
                        });
        Await.equal(State.UP, link()::state);
    }

    private static NatsConfig config(int number, boolean serve) {
        return new NatsConfig(
                NatsConfig.DEFAULT.servers(), null, null, "test", number, "main", serve);
    }

    private NatsLink link() {
        return Objects.requireNonNull(link.get());
    }

    /** The portal to which clients connect. */
    public RecordingPortal portal() {
        return portal;
    }

    /** What lies between the two. */
    public MemoryBus bus() {
        return bus;
    }

    @Override
    public void close() {
        link().stop();
        serving.closeListener();
        serving.stop();
        serving.leave();
        portal.close();
        bus.close();
    }
}
