package lychgate.portal;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import lychgate.admin.AdminSocket;
import lychgate.admin.AllPortals;
import lychgate.admin.Audit;
import lychgate.admin.AuditLog;
import lychgate.admin.Commands;
import lychgate.admin.Operations;
import lychgate.admin.Operator;
import lychgate.admin.page.LogTail;
import lychgate.config.ConfigException;
import lychgate.config.Configuration;
import lychgate.config.Configuration.Link;
import lychgate.evennia.BrowserSessions;
import lychgate.evennia.EvenniaConfig;
import lychgate.evennia.EvenniaServer;
import lychgate.link.amp.AmpLink;
import lychgate.link.amp.ProcNet;
import lychgate.link.local.LocalLink;
import lychgate.plugin.MemoryBudget;
import lychgate.plugin.PortalPlugin;
import lychgate.session.BrowserLogins;
import lychgate.session.Departure;
import lychgate.session.GameLink;
import lychgate.text.Markup;
import lychgate.transport.telnet.front.IoLoops;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The portal: wires all parts together from a configuration, starts them in order and stops them in
 * reverse. Concrete classes are named only here.
 */
public final class Portal {
    /** One part in so many of the heap is the memory budget of all connections together. */
    private static final int SHARE_OF_HEAP = 4;

    private static final Logger log = LoggerFactory.getLogger(Portal.class);

    /** Timeout for sending the remaining output when the portal stops. */
    private static final Duration DRAIN = Duration.ofMillis(2_500);

    /** Timeout for the whole stop, less than the five seconds that are promised. */
    private static final Duration STOP = Duration.ofMillis(4_500);

    /** Timeout for stopping one part; the game may have to hash and save passwords. */
    private static final Duration STOP_PART = Duration.ofMillis(1_500);

    private static final Duration SWEEP = Duration.ofSeconds(1);

    /** How often to check whether the game is away for longer than a moment. */
    private static final Duration LOOK_AT_LINK = Duration.ofMillis(250);

    /** How often ended bans are taken out of their file, and refused connections are summed up. */
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Markup GOODBYE =
            Markup.of("|yThe gate closes for now. Please come again.|n");

    private final CurrentConfiguration current;
    private final PluginsInUse plugins;
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
    private final @Nullable Realm realm;
    private final SessionIds ids;
    private final GameLink link;
    private final @Nullable BrowserSessions browsers;
    private final Liveness liveness;
    private final PortalSessions sessions;
    private final LinkReport linkReport;
    private final Bans bans;
    private final ConnectionLimits connectionLimits;
    private final MemoryBudget budget =
            new MemoryBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, System::nanoTime);
    private final MsspTable mssp;
    private final Drain drain;
    private final Refusals refusals;
    private final Audit audit;
    private final Commands commands;
    private final Administration administration;
    private final WatchedTls tls;
    private final RunningApplication application;
    private final Services services;
    private final Reload reload;
    private final Deque<Part> toStop = new ConcurrentLinkedDeque<>();
    private LongSupplier logLeftOut = () -> 0;
    private volatile Reread reread;
    private volatile @Nullable String refusal;

    /**
     * @param plugins the plugins that were found; the configuration says which are enabled
     * @param version of Lychgate
     * @param environment of the process, in which systemd passes its notification socket
     */
    public Portal(
            Configuration configuration,
            Home home,
            PluginJars plugins,
            String version,
            Map<String, String> environment) {
        this.current = new CurrentConfiguration(configuration);
        this.plugins = new PluginsInUse(plugins);
        this.reread = _ -> current.now();
        this.home = home;
        this.systemd = new Systemd(environment);
        this.version = version;
        this.realm =
                configuration.speaksNats()
                        ? new Realm(configuration.nats(), clock.instant(), meters)
                        : null;
        this.ids =
                new SessionIds(
                        home.var().resolve("sessions"),
                        realm == null ? 0 : realm.firstSession(),
                        System::nanoTime);
        this.link =
                switch (configuration.game().link()) {
                    case DEMO, CLASS ->
                            new LocalLink(
                                    new GameInProcess(
                                            current,
                                            home,
                                            this.plugins::now,
                                            version,
                                            clock.instant(),
                                            meters),
                                    System::nanoTime);
                    case AMP -> amp();
                    case NATS -> Objects.requireNonNull(realm).link(timer, clock);
                };
        this.browsers = browsers(configuration.evennia());
        this.liveness =
                new Liveness(
                        loops::alive,
                        link.isInProcess() ? "the game's thread" : "the link's thread",
                        link::busyNanos);
        this.bans = new Bans(home.var(), clock, System::nanoTime);
        this.sessions =
                new PortalSessions(
                        link,
                        ids,
                        current::limits,
                        browsers == null ? BrowserLogins.NONE : browsers,
                        meters,
                        clock,
                        System::nanoTime);
        if (realm != null) {
            sessions.shards(realm::otherShards);
        }
        this.linkReport = new LinkReport(sessions, link);
        this.connectionLimits =
                new ConnectionLimits(
                        current::limits,
                        ConnectionLimits.maxDescriptors(),
                        bans::of,
                        System::nanoTime);
        this.drain = Drain.of(sessions, connectionLimits, System::nanoTime, stopOrder::countDown);
        this.refusals = new Refusals(drain);
        this.audit = new AuditLog(home.var(), clock, () -> current.now().log().json());
        Operations operations =
                new PortalOperations(
                        version,
                        clock,
                        sessions,
                        linkReport,
                        bans,
                        drain,
                        this::ports,
                        () -> realm == null ? null : realm.status(),
                        current,
                        this::reload);
        this.commands = new Commands(operations, audit, clock);
        this.administration = new Administration(registry, operations, commands);
        this.mssp =
                new MsspTable(
                        current::now,
                        version,
                        clock.instant(),
                        realm == null ? sessions::loggedIn : realm.players(sessions::loggedIn),
                        this::ports);
        this.tls = new WatchedTls(home.tls(), files, clock, registry);
        current.alsoRead(tls);
        current.alsoRead(new KeysOfPlayers(home.authorizedKeys()));
        this.application =
                new RunningApplication(
                        sessions,
                        refusals,
                        budget,
                        timer,
                        browsers == null ? BrowserLogins.NONE : browsers,
                        meters,
                        current,
                        tls,
                        this::ports,
                        mssp,
                        home.var());
        this.services =
                new Services(
                        name -> current.now().plugins().get(name),
                        application,
                        sessions::undoesOffers,
                        meters::transport,
                        this::mustStop);
        this.reload =
                new Reload(home.plugins(), this.plugins, current, services, link, sessions::syncs);
    }

    /**
     * Starts everything.
     *
     * @param announce gets a line for each service that listens, {@code NAME: PORT}, and at the end
     *     that the portal is ready
     * @throws StartException if a part cannot start; those that have started are stopped
     */
    public void start(Consumer<String> announce) throws StartException {
        try {
            VarLock lock = VarLock.take(home.var());
            toStop.push(new Part("the lock", lock::close));
            bans.load();
            MachineMeters.count(registry);
            LinkMeters.count(registry, linkReport::status);
            BudgetMeters.count(registry, budget);
            openIds();
            toStop.push(new Part("the session numbers", ids::close));
            toStop.push(new Part("the timer", timer::close));
            toStop.push(new Part("the file watcher", files::close));
            toStop.push(new Part("the I/O loops", loops::close));
            openTls();
            openRealm();
            startGame();
            if (browsers != null) {
                browsers.start();
                toStop.push(new Part("the browsers' logins", browsers::close));
            }
            timer.every(SWEEP, new SessionSweep(sessions, current::limits, meters)::run);
            timer.every(LOOK_AT_LINK, new AbsenceNotice(sessions, link, System::nanoTime)::run);
            timer.every(SWEEP, liveness::look);
            timer.every(SWEEP, drain::look);
            files.every(MINUTE, bans::tidy);
            timer.every(MINUTE, refusals::endPeriod);
            services.start(
                    EnabledServices.of(
                            current.now(), home, loops, plugins.now(), realm, this::adminPort));
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
        services.tellReady();
        audit.record(Operator.PORTAL, "start", Audit.DONE);
        log.info("ready, process {}", ProcessHandle.current().pid());
        if ("root".equals(System.getProperty("user.name"))) {
            log.warn("the portal runs as root: give it a user of its own (docs/operations.md)");
        }
    }

    /** A part that has been started. */
    private record Part(String name, Runnable stop) {}

    /** Closes the listeners, tells the players, sends the remaining output, and stops all parts. */
    public void stop() {
        systemd.stopping();
        audit.record(Operator.PORTAL, "stop", Audit.DONE);
        log.info("stopping, {} sessions", sessions.ids().size());
        StopSteps steps = new StopSteps(STOP, System::nanoTime);
        long drained = System.nanoTime() + DRAIN.toNanos();
        services.closeListeners(steps, STOP_PART);
        if (browsers != null) {
            browsers.close(); // nobody is logged out by the stop
        }
        steps.run("the sessions", DRAIN, () -> sessions.endAll(GOODBYE, Departure.STOPPING));
        services.awaitDrained(drained);
        stopAll(steps);
        log.info("stopped");
    }

    /** Reads the configuration again, from the same sources as at the start. */
    public interface Reread {
        /** The configuration as it is in the sources now, with the settings of these plugins. */
        Configuration read(PluginJars plugins) throws ConfigException;
    }

    /** Sets how a reload reads the configuration again. */
    public void rereads(Reread how) {
        reread = how;
    }

    /** Adds something that is read again with the configuration. */
    public void alsoReads(Reloadable part) {
        current.alsoRead(part);
    }

    /**
     * Adds a counter of suppressed log lines.
     *
     * @param leftOut their number since the start; asked whenever metrics are read
     */
    public void countLogLines(LongSupplier leftOut) {
        logLeftOut = leftOut;
        MachineMeters.countLogLines(registry, this, portal -> portal.logLeftOut.getAsLong());
    }

    /** Waits until the game, or its launcher, orders the portal to stop. */
    public void awaitStopOrder() throws InterruptedException {
        stopOrder.await();
    }

    /** Why this portal has been ordered to stop, if it may not go on; null if it may. */
    public @Nullable String refusal() {
        return refusal;
    }

    private void refuse(String sentence) {
        refusal = sentence;
        stopOrder.countDown();
    }

    private void reload(Operations.Scope scope) throws IOException {
        switch (scope) {
            case CONFIGURATION -> reload.runWithoutGame(reread);
            case WITH_GAME -> reload.run(reread);
        }
    }

    /** Carries out operators' commands. */
    public Commands commands() {
        return commands;
    }

    /** Takes the lines of the log that operators are shown. */
    public LogTail logTail() {
        return administration.log();
    }

    private GameLink amp() {
        EvenniaConfig evennia = current.now().evennia();
        return new AmpLink(
                current.now().amp(),
                evennia.gameDir() == null
                        ? null
                        : new EvenniaServer(evennia.gameDir(), evennia.python()),
                evennia.autostart(),
                new LaunchedProcess(current::now, version, this::ports, this::stopForGame),
                ids,
                new ProcNet(),
                meters,
                clock,
                System::nanoTime);
    }

    /**
     * Who is logged in on the game's website is known if that is served here, and to its Python.
     */
    private @Nullable BrowserSessions browsers(EvenniaConfig evennia) {
        return evennia.website() == null || evennia.gameDir() == null
                ? null
                : new BrowserSessions(evennia.gameDir(), evennia.python(), meters);
    }

    private void openIds() throws StartException {
        try {
            ids.open();
        } catch (IOException e) {
            throw new StartException(
                    "The folder " + home.var() + " cannot be used (" + e.getMessage() + ").", e);
        }
        if (current.now().game().link() != Link.AMP) {
            ids.forget(); // an Evennia Server must be told; others know that they are
        }
    }

    /** What listens, and where, in the order in which it is announced: our own, then plugins. */
    private Map<String, Integer> ports() {
        return services.ports(link.ports());
    }

    /** Opens TLS before the game starts, so that an unusable key ends the start early. */
    private void openTls() throws StartException {
        if (!current.now().speaksTls()) {
            return;
        }
        try {
            tls.open();
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Before the game, so that it is closed after the game has said its last. */
    private void openRealm() throws StartException {
        if (realm == null) {
            return;
        }
        try {
            toStop.push(new Part("the connection to NATS", realm::close));
            realm.open(timer, clock, sessions::loggedIn, this::refuse);
            realm.count(registry, timer);
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private void startGame() throws StartException {
        toStop.push(new Part("the link", link::stop)); // also of a game that has begun to start
        try {
            link.start(sessions, List.of());
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            log.error("the game cannot start", e);
            throw new StartException("The game cannot start: " + GameFault.shown(e) + ".", e);
        }
    }

    /** Opens the admin socket last, when everything it gives access to is running. */
    private void openSocket() throws StartException {
        try {
            AdminSocket socket = AdminSocket.open(home.var(), commands, others(), meters);
            toStop.push(new Part("the admin socket", socket::close));
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private AllPortals others() {
        return realm == null ? AllPortals.NONE : realm.allPortals(commands);
    }

    private PortalPlugin adminPort() throws StartException {
        return administration.service(
                current.now().admin(),
                new Readiness(linkReport, liveness, link, drain),
                meters,
                timer);
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

    private Runnable mustStop(PortalPlugin service) {
        Part part = new Part(service.name(), () -> services.stop(service));
        toStop.push(part);
        return () -> toStop.remove(part);
    }

    private void stopForGame() {
        log.info("stop requested by the game or its launcher");
        audit.record(Operator.GAME, "stop", Audit.DONE);
        stopOrder.countDown();
    }

    private void stopAll(StopSteps steps) {
        for (Part part = toStop.poll(); part != null; part = toStop.poll()) {
            steps.run(part.name(), STOP_PART, part.stop());
        }
    }
}
