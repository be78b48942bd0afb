package lychgate.testing;

import lychgate.address.Cidr;
import lychgate.plugin.Admission;
import lychgate.plugin.Limits;
import lychgate.plugin.MemoryBudget;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler;
import lychgate.plugin.Scheduler;
import lychgate.plugin.ServerTls;
import lychgate.portal.TestedSessions;
import lychgate.portal.TimerThread;
import lychgate.session.ClientFacts;
import lychgate.session.Departure;
import lychgate.session.GameLink;
import lychgate.session.Trace;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * A portal for one transport: the real session handler with a recording game, or a link to one that
 * is elsewhere, and an admission that admits everybody until a test changes it.
 */
public final class RecordingPortal implements PortalApplication, AutoCloseable {
    private final MemoryBudget output = new MemoryBudget(64 * 1024 * 1024, System::nanoTime);

    /** Limits that no test reaches by chance: none but those on lengths. */
    public static final Limits ROOMY =
            new Limits(
                    0,
                    0,
                    0,
                    0,
                    Limits.DEFAULT.lineLength(),
                    Limits.DEFAULT.subnegotiationBytes(),
                    Limits.DEFAULT.unsentBytes(),
                    0,
                    0,
                    0);

    private final Limits limits;
    private final int patience;
    private final RecordingGame game = new RecordingGame();
    private final CountingMeters meters = new CountingMeters();
    private final RecordingBrowsers browsers = new RecordingBrowsers();
    private final TimerThread timer = new TimerThread("lychgate-timer");
    private final AtomicInteger places = new AtomicInteger();
    private final TestedSessions sessions;
    private final List<Cidr> trusted = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private final List<InetAddress> asked = new CopyOnWriteArrayList<>();
    private volatile boolean draining;
    private final List<Cidr> banned = new CopyOnWriteArrayList<>();
    private volatile Admission.@Nullable Refused refusal;
    private volatile @Nullable ServerTls tls;

    /** Made and running, with those limits. */
    public RecordingPortal(Limits limits) {
        this(limits, 1);
    }

    /**
     * Made and running, with those limits.
     *
     * @param patience so many times as long it waits for everything that must come in time: for
     *     tests in which it must, however busy the machine
     */
    public RecordingPortal(Limits limits, int patience) {
        this(limits, patience, (game, _, _) -> game);
    }

    private RecordingPortal(Limits limits, int patience, LinkFactory links) {
        this.limits = limits;
        this.patience = patience;
        GameLink link = links.link(game, scheduler(), meters);
        this.sessions = new TestedSessions(link, limits, browsers, meters, System::nanoTime);
        try {
            link.start(sessions.side(), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface LinkFactory {
        GameLink link(RecordingGame game, Scheduler timer, CountingMeters meters);
    }

    /**
     * A portal without a game of its own.
     *
     * @param links makes the link to its game, which is elsewhere
     */
    public static RecordingPortal linked(BiFunction<Scheduler, CountingMeters, GameLink> links) {
        return new RecordingPortal(ROOMY, 1, (_, timer, meters) -> links.apply(timer, meters));
    }

    @Override
    public RecordingBrowsers browserLogins() {
        return browsers;
    }

    /** The game behind it. */
    public RecordingGame game() {
        return game;
    }

    /** Bytes that a session's client has not taken yet. */
    public long unsent(long sessid) {
        return sessions.unsent(sessid);
    }

    /** What is known of a session's client. */
    public ClientFacts facts(long sessid) {
        return sessions.facts(sessid);
    }

    /** Ends a session as the portal does. */
    public void ends(long sessid, String words, Departure why) {
        sessions.end(sessid, words, why);
    }

    /** Whether so much waits for the game that a session's client is not read. */
    public boolean isHeld(long sessid) {
        return sessions.isHeld(sessid);
    }

    /** Turns away whoever comes from now on. */
    public void refuses(String reason, String message) {
        refusal = new Admission.Refused(reason, message);
    }

    /** Games of those shards answer from now on. */
    public void knowsShards(Set<String> shards) {
        sessions.knowsShards(shards);
    }

    /** Opens no new sessions from now on; who comes back is welcome. */
    public void drains() {
        draining = true;
    }

    /** Turns away whoever comes from that network from now on. */
    public void bans(String network) {
        banned.add(Objects.requireNonNull(Cidr.parse(network)));
    }

    /** Believes a proxy from now on. */
    public void trusts(String network) {
        trusted.add(Objects.requireNonNull(Cidr.parse(network)));
    }

    /** Has a key and a certificate from now on. */
    public void speaks(ServerTls with) {
        tls = with;
    }

    /** Another service listens from now on. */
    public void listens(String service, int port) {
        ports.put(service, port);
    }

    /** The addresses that have been asked for at the door. */
    public List<String> asked() {
        return asked.stream().map(InetAddress::getHostAddress).toList();
    }

    /** Places that have been given to connections, and not been given back. */
    public int places() {
        return places.get();
    }

    @Override
    public PortalSessionHandler sessions() {
        return sessions.handler();
    }

    @Override
    public Admission admission() {
        return new Admission() {
            @Override
            public Decision admit(InetAddress from) {
                return RecordingPortal.this.admit(from);
            }

            @Override
            public Decision admitRelayed() {
                return RecordingPortal.this.admit(InetAddress.getLoopbackAddress());
            }

            @Override
            public boolean takesNewcomers() {
                return !draining;
            }

            @Override
            public boolean isBanned(InetAddress from) {
                Refused now = refusal;
                return Cidr.anyContains(banned, from)
                        || (now != null && now.reason().equals("banned"));
            }
        };
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public MemoryBudget memoryBudget() {
        return output;
    }

    @Override
    public Scheduler scheduler() {
        return new Scheduler() {
            @Override
            public Cancellable after(Duration delay, Runnable task) {
                return timer.after(delay.multipliedBy(patience), task);
            }

            @Override
            public Cancellable every(Duration interval, Runnable task) {
                return timer.every(interval, task);
            }
        };
    }

    @Override
    public CountingMeters meters() {
        return meters;
    }

    @Override
    public String listenAddress() {
        return "127.0.0.1";
    }

    @Override
    public List<Cidr> trustedProxies() {
        return List.copyOf(trusted);
    }

    @Override
    public ServerTls tls() {
        return Objects.requireNonNull(tls, "no test needs it");
    }

    @Override
    public OptionalInt port(String service) {
        Integer port = ports.get(service);
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    @Override
    public String gameName() {
        return "Test";
    }

    @Override
    public Map<String, List<String>> mssp() {
        Map<String, List<String>> table = new LinkedHashMap<>();
        table.put("NAME", List.of(gameName()));
        table.put("GENRE", List.of("Fantasy", "History"));
        return table;
    }

    @Override
    public Path varFolder() {
        throw new UnsupportedOperationException("no test needs it");
    }

    @Override
    public void close() {
        timer.close();
    }

    private Admission.Decision admit(InetAddress from) {
        asked.add(from);
        Admission.Refused no =
                Cidr.anyContains(banned, from)
                        ? new Admission.Refused("banned", "You may not come in.")
                        : refusal;
        if (no != null) {
            return no;
        }
        places.incrementAndGet();
        AtomicBoolean given = new AtomicBoolean();
        return new Admission.Admitted(
                () -> {
                    if (given.compareAndSet(false, true)) {
                        places.decrementAndGet();
                    }
                });
    }

    /** What the wire of a session carries. */
    public Trace trace(long sessid) {
        return sessions.trace(sessid);
    }
}
