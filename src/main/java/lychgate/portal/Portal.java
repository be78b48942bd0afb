package lychgate.portal;

import com.sun.management.UnixOperatingSystemMXBean;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import lychgate.address.Cidr;
import lychgate.admin.AdminHttp;
import lychgate.admin.AdminSocket;
import lychgate.admin.Operations;
import lychgate.config.ConfigException;
import lychgate.config.Configuration;
import lychgate.config.Configuration.PluginConfig;
import lychgate.demo.Gatehouse;
import lychgate.evennia.EvenniaConfig;
import lychgate.evennia.EvenniaServer;
import lychgate.evennia.wire.PortalProcess;
import lychgate.keys.TlsKeys;
import lychgate.link.amp.AmpLink;
import lychgate.link.amp.ProcNet;
import lychgate.link.local.LocalLink;
import lychgate.plugin.Admission;
import lychgate.plugin.Limits;
import lychgate.plugin.MemoryBudget;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;
import lychgate.plugin.PortalSessionHandler;
import lychgate.plugin.Scheduler;
import lychgate.plugin.ServerPlugin;
import lychgate.server.runtime.ServerSessionHandler;
import lychgate.session.GameLink;
import lychgate.session.Meters;
import lychgate.text.Markup;
import lychgate.transport.ssh.SshTransport;
import lychgate.transport.telnet.IoLoops;
import lychgate.transport.telnet.TelnetConfig;
import lychgate.transport.telnet.TelnetTransport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import javax.net.ssl.SSLContext;

/**
 * The portal: all parts, put together from a configuration, started in order and stopped in
 * reverse. Every concrete class is named here and nowhere else.
 */
public final class Portal {
    /** That part of the heap is what all connections together may keep for their clients. */
    private static final int SHARE_OF_HEAP = 4;

    private static final Logger log = LoggerFactory.getLogger(Portal.class);

    /** How long players' last words may take to be sent when the portal stops. */
    private static final Duration DRAIN = Duration.ofMillis(2_500);

    /** How long a stop may take in all: less than the five seconds that are promised. */
    private static final Duration STOP = Duration.ofMillis(4_500);

    /** How long one part may take to stop; the game may have passwords to hash, and to keep. */
    private static final Duration STOP_PART = Duration.ofMillis(1_500);

    private static final Duration SWEEP = Duration.ofSeconds(1);

    /** How often it is looked whether the game is away for longer than a moment. */
    private static final Duration LOOK_AT_LINK = Duration.ofMillis(250);

    /** How often it is looked whether key and certificate have been replaced. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final Markup GOODBYE =
            Markup.of("|yThe gate closes for now. Please come again.|n");

    private volatile Configuration configuration;
    private final Home home;
    private final Systemd systemd;
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MicrometerMeters meters = new MicrometerMeters(registry);
    private final TimerThread timer = new TimerThread("lychgate-timer");
    private final TimerThread files = new TimerThread("lychgate-files"); // may block
    private final IoLoops loops = new IoLoops(Runtime.getRuntime().availableProcessors(), meters);
    private final InstantSource clock = InstantSource.system();
    private final CountDownLatch stopOrder = new CountDownLatch(1);
    private final String version;
    private final SessionIds ids;
    private final GameLink link;
    private final Liveness liveness;
    private final PortalSessions sessions;
    private final Bans bans;
    private final Doorkeeper doorkeeper;
    private final MemoryBudget budget =
            new MemoryBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, System::nanoTime);
    private final MsspTable mssp;
    private final Operations operations;
    private final List<PortalPlugin> services;
    private final List<PortalPlugin> running = new CopyOnWriteArrayList<>();
    private final Deque<Part> toStop = new ArrayDeque<>();
    private final ReentrantLock reloading = new ReentrantLock();
    private volatile Reread reread = () -> configuration;
    private @Nullable TlsKeys tls;
    private LongSupplier logLeftOut = () -> 0;

    /**
     * @param plugins those that were found; the configuration says which are used
     * @param version of Lychgate
     * @param environment of the process: systemd is told where it asks to be
     */
    public Portal(
            Configuration configuration,
            Home home,
            PluginJars plugins,
            String version,
            Map<String, String> environment) {
        this.configuration = configuration;
        this.home = home;
        this.systemd = new Systemd(environment);
        this.version = version;
        this.ids = new SessionIds(home.var().resolve("sessions"));
        this.link =
                switch (configuration.game().link()) {
                    case DEMO -> demo(plugins);
                    case AMP -> amp();
                };
        this.liveness =
                new Liveness(
                        loops::alive,
                        link.isInProcess() ? "the game's thread" : "the link's thread",
                        link::busyNanos);
        this.bans = new Bans(home.var());
        this.sessions =
                new PortalSessions(
                        link, ids, configuration.limits(), meters, clock, System::nanoTime);
        this.doorkeeper =
                new Doorkeeper(
                        configuration.limits(), maxDescriptors(), bans::contains, System::nanoTime);
        this.operations =
                new PortalOperations(version, clock, sessions, bans, this::ports, this::reload);
        this.services = services(plugins);
        this.mssp =
                new MsspTable(
                        this::configuration,
                        version,
                        clock.instant(),
                        sessions::loggedIn,
                        this::ports);
    }

    /**
     * Starts everything.
     *
     * @param announce is told of each service that listens, {@code NAME: PORT}, and at the end that
     *     the portal is ready
     * @throws StartException if something cannot start; what had started is stopped again
     */
    public void start(Consumer<String> announce) throws StartException {
        try {
            VarLock lock = VarLock.take(home.var());
            toStop.push(new Part("the lock", lock::close));
            bans.load();
            MachineMeters.count(registry);
            LinkMeters.count(registry, sessions::linkStatus);
            BudgetMeters.count(registry, budget);
            openIds();
            toStop.push(new Part("the session numbers", ids::close));
            toStop.push(new Part("the timer", timer::close));
            toStop.push(new Part("the look at files", files::close));
            toStop.push(new Part("the I/O loops", loops::close));
            openTls();
            startGame();
            timer.every(SWEEP, sessions::sweep);
            timer.every(LOOK_AT_LINK, sessions::tellOfAbsence);
            timer.every(SWEEP, liveness::look);
            for (PortalPlugin service : services) {
                start(service);
            }
            openSocket();
            link.ready();
            ports().forEach((name, port) -> announce.accept(name + ": " + port));
            announce.accept("Lychgate is ready");
        } catch (StartException e) {
            stopAll(new StopSteps(STOP, System::nanoTime));
            throw e;
        }
        systemd.ready();
        watch();
        running.forEach(Portal::tellReady);
        log.info("ready, process {}", ProcessHandle.current().pid());
        if ("root".equals(System.getProperty("user.name"))) {
            log.warn("the portal runs as root: give it a user of its own (docs/operations.md)");
        }
    }

    /** Something that has been started. */
    private record Part(String name, Runnable stop) {}

    /** Closes the listeners, tells the players, sends what is unsent, and stops everything. */
    public void stop() {
        systemd.stopping();
        log.info("stopping, {} sessions", sessions.ids().size());
        StopSteps steps = new StopSteps(STOP, System::nanoTime);
        long drained = System.nanoTime() + DRAIN.toNanos();
        for (PortalPlugin service : running) {
            steps.run(service.name(), STOP_PART, service::closeListener);
        }
        steps.run("the sessions", DRAIN, () -> sessions.disconnectAll(GOODBYE));
        awaitUnsent(drained);
        stopAll(steps);
        log.info("stopped");
    }

    /** Reads the configuration as it was read for the start. */
    public interface Reread {
        /** The configuration as it stands now. */
        Configuration read() throws ConfigException;
    }

    /** Says how the configuration is read again when the operator has the portal reloaded. */
    public void rereads(Reread how) {
        reread = how;
    }

    /**
     * Counts, for those who watch, the lines that the log is spared.
     *
     * @param leftOut how many they are since the start; asked whenever somebody looks
     */
    public void countLogLines(LongSupplier leftOut) {
        logLeftOut = leftOut;
        MachineMeters.countLogLines(registry, this, portal -> portal.logLeftOut.getAsLong());
    }

    /** Waits until the game, or one who speaks for it, orders the portal to stop. */
    public void awaitStopOrder() throws InterruptedException {
        stopOrder.await();
    }

    /**
     * Reads the configuration again and restarts the game. Limits and names hold from then on; what
     * is bound at the start stays as it is. That can take minutes: who asks meanwhile does not wait
     * in a row, which would keep all other commands out.
     */
    private void reload() throws IOException {
        if (!reloading.tryLock()) {
            throw new IOException("The game is being restarted already.");
        }
        try {
            rereadAndRestart();
        } finally {
            reloading.unlock();
        }
    }

    private void rereadAndRestart() throws IOException {
        Configuration before = configuration;
        Configuration next;
        try {
            next = reread.read();
        } catch (ConfigException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
        use(next);
        try {
            link.reload(sessions::syncs);
        } catch (IOException e) {
            use(before);
            throw e;
        }
    }

    private Configuration configuration() {
        return configuration;
    }

    private void use(Configuration next) {
        configuration = next;
        sessions.limits(next.limits());
        doorkeeper.limits(next.limits());
    }

    private GameLink demo(PluginJars plugins) {
        return new LocalLink(
                () ->
                        new ServerSessionHandler(
                                new Gatehouse(
                                        home.var().resolve("gatehouse"),
                                        home.etc().resolve("banner.txt")),
                                serverPlugins(plugins),
                                configuration.portal().name(),
                                version,
                                clock.instant(),
                                meters),
                System::nanoTime);
    }

    private GameLink amp() {
        EvenniaConfig evennia = configuration.evennia();
        return new AmpLink(
                configuration.amp(),
                evennia.gameDir() == null
                        ? null
                        : new EvenniaServer(evennia.gameDir(), evennia.python()),
                evennia.autostart(),
                new OwnProcess(),
                ids,
                new ProcNet(),
                meters,
                clock,
                System::nanoTime);
    }

    private void openIds() throws StartException {
        try {
            ids.open();
        } catch (IOException e) {
            throw new StartException(
                    "The folder " + home.var() + " cannot be used (" + e.getMessage() + ").", e);
        }
        if (link.isInProcess()) {
            ids.gone(); // a game in process has ended with its portal
        }
    }

    /** Why the portal is not ready, a reason each; empty if it is. */
    private List<String> unready() {
        List<String> reasons = new ArrayList<>(sessions.linkStatus().unready());
        reasons.addAll(liveness.hindrances());
        reasons.addAll(link.troubles());
        return reasons;
    }

    /** What listens, and where, in the order in which it is announced. */
    private Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        running.stream()
                .filter(TelnetTransport.class::isInstance)
                .forEach(service -> note(ports, service));
        ports.putAll(link.ports());
        running.forEach(service -> note(ports, service));
        return ports;
    }

    private static void note(Map<String, Integer> ports, PortalPlugin service) {
        service.port().ifPresent(port -> ports.putIfAbsent(service.name(), port));
    }

    /** Key and certificate, where a service needs them; those that replace them are noticed. */
    private void openTls() throws StartException {
        if (!configuration.speaksTls()) {
            return;
        }
        try {
            TlsKeys keys = TlsKeys.open(home.tls());
            files.every(LOOK, keys::refresh);
            tls = keys;
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What TLS is spoken with. Asked by services that have said that they speak it. */
    private SSLContext tlsContext() {
        if (tls == null) {
            throw new IllegalStateException("a service speaks TLS for which nothing was opened");
        }
        return tls.context();
    }

    private void startGame() throws StartException {
        toStop.push(new Part("the link", link::stop)); // also of a game that has begun to start
        try {
            link.start(sessions, List.of());
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            log.error("the game cannot start", e);
            throw new StartException(
                    "The game cannot start: " + OneLine.of(String.valueOf(e)) + ".", e);
        }
    }

    /** Last of all: what asks through it finds everything there. */
    private void openSocket() throws StartException {
        try {
            AdminSocket socket = AdminSocket.open(home.var(), operations, meters);
            toStop.push(new Part("the admin socket", socket::close));
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The services in the order in which they are started and listed. */
    private List<PortalPlugin> services(PluginJars plugins) {
        List<PortalPlugin> all = new ArrayList<>();
        TelnetConfig telnet = configuration.telnet();
        if (telnet.enabled()) {
            all.add(TelnetTransport.plain(telnet, this::tlsContext, loops));
        }
        if (telnet.tls().enabled()) {
            all.add(TelnetTransport.overTls(telnet, this::tlsContext, loops));
        }
        if (configuration.speaksSsh()) {
            all.add(new SshTransport(configuration.ssh(), home.ssh(), home.authorizedKeys()));
        }
        plugins.portal().stream()
                .filter(plugin -> config(plugin.name()).enabled())
                .forEach(all::add);
        if (configuration.admin().enabled()) {
            all.add(new AdminHttp(configuration.admin(), this::unready, registry::scrape));
        }
        return all;
    }

    private List<ServerPlugin> serverPlugins(PluginJars plugins) {
        return plugins.server().stream().filter(p -> config(p.name()).enabled()).toList();
    }

    private PluginConfig config(String plugin) {
        return configuration.plugins().getOrDefault(plugin, PluginConfig.DEFAULT);
    }

    /** Starts a service; a plugin that cannot start is left out unless it is required. */
    private void start(PortalPlugin service) throws StartException {
        PluginConfig config = configuration.plugins().get(service.name());
        try {
            service.start(new Application());
            running.add(service);
            toStop.push(new Part(service.name(), service::stop));
            service.transports().forEach(meters::transport);
        } catch (IOException | RuntimeException e) {
            service.stop();
            if (config == null || config.required()) {
                throw new StartException(String.valueOf(e.getMessage()), e);
            }
            log.warn("plugin {} is left out: {}", service.name(), e.getMessage());
        }
    }

    private static void tellReady(PortalPlugin service) {
        try {
            service.ready();
        } catch (RuntimeException e) {
            log.error("{} could not go on after the start", service.name(), e);
        }
    }

    private void watch() {
        Duration interval = systemd.watchdog();
        if (interval != null) {
            timer.every(
                    interval.dividedBy(2),
                    () -> {
                        if (liveness.hindrances().isEmpty()) {
                            systemd.alive();
                        }
                    });
        }
    }

    /** Waits until all have gone, or it is that time. */
    private void awaitUnsent(long until) {
        try {
            while (!running.stream().allMatch(PortalPlugin::drained)
                    && System.nanoTime() - until < 0) {
                Thread.sleep(Duration.ofMillis(20));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopAll(StopSteps steps) {
        while (!toStop.isEmpty()) {
            Part part = toStop.pop();
            steps.run(part.name(), STOP_PART, part.stop());
        }
    }

    private static long maxDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
    }

    /** What a launcher is told of the portal, and can have done. */
    private final class OwnProcess implements PortalProcess {
        @Override
        public String name() {
            return configuration.portal().name();
        }

        @Override
        public String version() {
            return version;
        }

        @Override
        public Map<String, Integer> ports() {
            return Portal.this.ports();
        }

        @Override
        public void stop() {
            log.info("the portal is told to stop");
            stopOrder.countDown();
        }
    }

    /** What every service is handed. */
    private final class Application implements PortalApplication {
        @Override
        public PortalSessionHandler sessions() {
            return sessions;
        }

        @Override
        public Admission admission() {
            return doorkeeper;
        }

        @Override
        public Limits limits() {
            return configuration.limits();
        }

        @Override
        public MemoryBudget memoryBudget() {
            return budget;
        }

        @Override
        public Scheduler scheduler() {
            return timer;
        }

        @Override
        public Meters meters() {
            return meters;
        }

        @Override
        public String listenAddress() {
            return configuration.portal().listenAddress();
        }

        @Override
        public List<Cidr> trustedProxies() {
            return configuration.portal().trustedProxies();
        }

        @Override
        public OptionalInt port(String service) {
            Integer port = ports().get(service);
            return port == null ? OptionalInt.empty() : OptionalInt.of(port);
        }

        @Override
        public String gameName() {
            return configuration.portal().name();
        }

        @Override
        public Map<String, List<String>> mssp() {
            return mssp.now();
        }

        @Override
        public Path varFolder() {
            return home.var();
        }
    }
}
