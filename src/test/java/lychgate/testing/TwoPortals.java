package lychgate.testing;

import lychgate.bus.Greeting;
import lychgate.link.nats.NatsLink;
import lychgate.nats.FencedBus;
import lychgate.nats.NatsConfig;
import lychgate.transport.nats.NatsTransport;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The link of a portal, and the games that other portals serve to it over a bus in memory. */
public final class TwoPortals implements AutoCloseable {
    private static final AtomicLong BOOTS = new AtomicLong();

    private final MemoryBus bus = new MemoryBus();
    private final RecordingPortal players = new RecordingPortal(RecordingPortal.ROOMY);
    private final CountingMeters meters = new CountingMeters();
    private final NatsLink link;
    private final LongSupplier nanoTime;
    private final List<Game> games = new ArrayList<>();

    /** A portal that serves a recording game. */
    public static final class Game {
        private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
        private final NatsTransport transport;
        private boolean there = true;
        private volatile boolean apart;

        private Game(
                MemoryBus bus,
                String shard,
                int number,
                LongSupplier nanoTime,
                Consumer<RecordingGame> prepare) {
            prepare.accept(portal.game());
            transport =
                    new NatsTransport(
                            config(shard, number, true),
                            () -> new FencedBus(bus, () -> !apart),
                            () -> 4222,
                            greeting(),
                            () -> {},
                            nanoTime);
            transport.start(portal);
        }

        /** The portal, and its game. */
        public RecordingPortal portal() {
            return portal;
        }

        /** Begins to end: it takes nothing any more. */
        public void hearsNoMore() {
            transport.closeListener();
        }

        /** Ends in order. */
        public void stops() {
            if (there) {
                there = false;
                transport.closeListener();
                transport.stop();
                transport.leave();
                portal.close();
            }
        }

        /** Has lost its connection to the bus, and knows it. */
        public void isApart() {
            apart = true;
        }

        /** Has a connection again. */
        public void isBack() {
            apart = false;
        }

        /** Is gone without a word. */
        public void dies(TwoPortals two) {
            two.bus.cut();
            stops();
            two.bus.mend();
        }
    }

    /**
     * @param nanoTime of all portals
     */
    public TwoPortals(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        link =
                new NatsLink(
                        config("main", 1, false),
                        () -> bus,
                        greeting(),
                        players.scheduler(),
                        () -> {},
                        meters,
                        InstantSource.system(),
                        nanoTime);
    }

    private static NatsConfig config(String shard, int number, boolean serve) {
        return new NatsConfig(
                NatsConfig.DEFAULT.servers(), null, null, "test", number, shard, serve);
    }

    private static Greeting greeting() {
        return new Greeting(BOOTS.incrementAndGet(), "here", 1);
    }

    /** The link, not started. */
    public NatsLink link() {
        return link;
    }

    /** What the link has counted. */
    public CountingMeters meters() {
        return meters;
    }

    /** What carries everything. */
    public MemoryBus bus() {
        return bus;
    }

    /** A portal comes that serves the game of a shard. */
    public Game gameComes(String shard, int number) {
        return gameComes(shard, number, _ -> {});
    }

    /**
     * The same.
     *
     * @param prepare tells the game what to do, before it is served
     */
    public Game gameComes(String shard, int number, Consumer<RecordingGame> prepare) {
        Game game = new Game(bus, shard, number, nanoTime, prepare);
        games.add(game);
        return game;
    }

    @Override
    public void close() {
        link.stop();
        games.forEach(Game::stops);
        players.close();
        bus.close();
    }
}
