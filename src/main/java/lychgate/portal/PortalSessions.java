package lychgate.portal;

import lychgate.plugin.Limits;
import lychgate.plugin.OutboundFactory;
import lychgate.plugin.PortalSessionHandler;
import lychgate.plugin.RelayedSessions;
import lychgate.session.Browser;
import lychgate.session.BrowserLogins;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Departure;
import lychgate.session.Fact;
import lychgate.session.GameLink;
import lychgate.session.Login;
import lychgate.session.Meters;
import lychgate.session.Origin;
import lychgate.session.PortalSession;
import lychgate.session.PortalSide;
import lychgate.session.Presence;
import lychgate.session.SessionChange;
import lychgate.session.SessionSync;
import lychgate.text.Markup;
import lychgate.text.OneLine;
import lychgate.text.RenderStyle;
import lychgate.text.Renderer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * All sessions, between their clients and the game: passes input from clients to the game, and
 * output of the game to its session.
 */
final class PortalSessions implements PortalSessionHandler, PortalSide {
    private static final Logger log = LoggerFactory.getLogger(PortalSessions.class);

    private final GameLink link;
    private final SessionIds ids;
    private final Supplier<Limits> limits;
    private final BrowserLogins browsers;
    private final Meters meters;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Map<PortalSession, OpenSession> byConnection = new ConcurrentHashMap<>();
    private final Map<Long, OpenSession> byId = new ConcurrentHashMap<>();
    private final AtomicInteger loggedIn = new AtomicInteger();
    private final OutboundSessions outbound;
    private volatile Supplier<Set<String>> shards = Set::of;
    private final ClientInput input;
    private final RelayedConnections relayed;

    /**
     * @param ids the sessions' numbers
     * @param limits the current limits
     * @param clock the time of day, for the game
     * @param nanoTime a clock that only goes forward, for the limits
     */
    PortalSessions(
            GameLink link,
            SessionIds ids,
            Supplier<Limits> limits,
            Meters meters,
            InstantSource clock,
            LongSupplier nanoTime) {
        this(link, ids, limits, BrowserLogins.NONE, meters, clock, nanoTime);
    }

    /**
     * For a game with a website.
     *
     * @param browsers what the website knows of browsers
     */
    PortalSessions(
            GameLink link,
            SessionIds ids,
            Supplier<Limits> limits,
            BrowserLogins browsers,
            Meters meters,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.browsers = browsers;
        this.link = link;
        this.ids = ids;
        this.limits = limits;
        this.meters = meters;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.outbound = new OutboundSessions(this, meters);
        this.input = new ClientInput(link, meters, nanoTime);
        this.relayed = new RelayedConnections(this, input, link, meters);
    }

    /**
     * Sets where sessions can be moved to.
     *
     * @param answering the other shards whose games answer now
     */
    void shards(Supplier<Set<String>> answering) {
        shards = answering;
    }

    /** The open sessions. */
    Collection<OpenSession> all() {
        return byId.values();
    }

    /** The session of that number; null if none is open. */
    @Nullable OpenSession get(long sessid) {
        return byId.get(sessid);
    }

    /** The session over that connection; null if it is closed. */
    @Nullable OpenSession get(PortalSession connection) {
        return byConnection.get(connection);
    }

    /** Ends all sessions. A relayed one is told so, and it is its transport that decides. */
    void endAll(Markup reason, Departure why) {
        all().forEach(session -> session.disconnect(reason, why));
        turnEnds();
    }

    /** The state of each session, for a restarted game. */
    List<SessionSync> syncs() {
        Instant now = clock.instant();
        return all().stream().map(session -> session.sync(now)).toList();
    }

    /**
     * How often reading from a session was paused because too much input was held for an absent
     * game.
     */
    long refusedInput() {
        return input.refused();
    }

    @Override
    public int loggedIn() {
        return loggedIn.get();
    }

    @Override
    public RelayedSessions relayed() {
        return relayed;
    }

    @Override
    public List<Long> ids() {
        return byId.keySet().stream().sorted().toList();
    }

    // From protocols.

    @Override
    public Registration connect(PortalSession connection, Opening opening) {
        long id = ids.next();
        SessionSync sync =
                SessionSync.opened(
                                id,
                                opening.protocolKey(),
                                opening.address(),
                                opening.facts(),
                                clock.instant())
                        .withClaim(opening.claim())
                        .withBrowser(opening.browser());
        OpenSession session = register(connection, sync, opening.browser());
        log.info("{} opened from {} over {}", id, opening.address(), opening.protocolKey());
        link.connected(sync);
        return session;
    }

    private OpenSession register(
            PortalSession connection, SessionSync sync, @Nullable Browser browser) {
        return enter(new OpenSession(connection, sync, browser, limits, loggedIn, nanoTime));
    }

    /** A session whose client is connected to another portal. */
    OpenSession registerRelayed(PortalSession connection, SessionSync sync) {
        if (!link.isInProcess()) { // and the game can outlive this portal
            ids.relayed(sync.sessid());
        }
        Instant now = clock.instant();
        return enter(OpenSession.relayed(connection, sync, now, limits, loggedIn, nanoTime));
    }

    private OpenSession enter(OpenSession session) {
        if (byId.putIfAbsent(session.id(), session) != null) {
            throw new IllegalStateException("there is a session " + session.id() + " already");
        }
        byConnection.put(session.connection(), session);
        session.enter();
        meters.opened(session.sync().origin().protocolKey());
        return session;
    }

    /** The session of a plugin that connects to somewhere else, for that account. */
    void connect(OutboundConnection connection, Login account) {
        SessionSync sync =
                SessionSync.opened(
                                ids.next(),
                                connection.protocolKey(),
                                connection.address(),
                                ClientFacts.NONE,
                                clock.instant())
                        .with(account);
        register(connection, account.uname() == null ? sync.with(named(account)) : sync, null);
        log.info(
                "{} opened to {} over {}",
                sync.sessid(),
                connection.address(),
                connection.protocolKey());
        link.connected(sync);
        link.settled(sync.sessid());
    }

    /** Until the game says a name, operators see the account's number. */
    private static Login named(Login account) {
        return new Login(true, account.uid(), "#" + account.uid(), null);
    }

    /** Reports what the game has asked for and nobody offers. Called once a second. */
    void lookAtRequests() {
        outbound.look();
    }

    /** Makes what undoes the offers of outbound sessions that follow. */
    Runnable undoesOffers() {
        return outbound.undoesOffers();
    }

    @Override
    public void offer(Set<String> names, OutboundFactory factory) {
        outbound.offer(names, factory);
    }

    @Override
    public boolean dataIn(PortalSession connection, CommandTuple command) {
        OpenSession session = byConnection.get(connection);
        return session != null && input.of(session, command);
    }

    @Override
    public void lineTooLong(PortalSession connection) {
        OpenSession session = byConnection.get(connection);
        if (session != null) {
            input.lineTooLong(session);
        }
    }

    @Override
    public <T> void learned(PortalSession connection, Fact<T> fact, T value, String source) {
        OpenSession session = byConnection.get(connection);
        if (session == null) {
            return;
        }
        T clean = CleanInput.fact(value);
        ClientFacts before = session.facts();
        if (isHeld(fact, before) || before.with(fact, clean, source).equals(before)) {
            return; // clients repeat themselves
        }
        session.change(sync -> sync.with(sync.facts().with(fact, clean, source)));
        link.factsChanged(session.id(), session.facts());
    }

    /** Whether a size set by hand overrides what the window reports. */
    private static boolean isHeld(Fact<?> fact, ClientFacts facts) {
        boolean size = fact.equals(Fact.WIDTH) || fact.equals(Fact.HEIGHT);
        return size && !facts.get(Fact.AUTORESIZE, true);
    }

    @Override
    public void alive(PortalSession connection) {
        OpenSession session = byConnection.get(connection);
        if (session != null) {
            session.alive();
        }
    }

    @Override
    public void settled(PortalSession connection) {
        OpenSession session = byConnection.get(connection);
        if (session != null) {
            link.settled(session.id());
        }
    }

    @Override
    public void writable(PortalSession connection, boolean writable) {
        OpenSession session = byConnection.get(connection);
        if (session != null) {
            link.writable(session.id(), writable);
        }
    }

    @Override
    public void away(PortalSession connection) {
        OpenSession session = byConnection.get(connection);
        if (session != null) {
            session.leftAlone();
            log.info("{} away", session.id());
            input.handOver(session, Presence.away());
        }
    }

    @Override
    public void back(PortalSession connection, String protocolKey, String address) {
        OpenSession session = byConnection.get(connection);
        if (session == null) {
            return;
        }
        moved(session, protocolKey, address);
        Duration absence = session.absence();
        if (absence != null) {
            session.rejoined();
            input.handOver(session, Presence.back(absence));
        }
    }

    /** The client has changed its connection. */
    void moved(OpenSession session, String protocolKey, String address) {
        Origin before =
                session.change(sync -> sync.with(sync.origin().over(protocolKey, address)))
                        .origin();
        if (!before.protocolKey().equals(protocolKey)) {
            meters.moved(before.protocolKey(), protocolKey);
        }
        log.info("{} back from {} over {}", session.id(), address, protocolKey);
    }

    @Override
    public void disconnect(PortalSession connection, String reason) {
        OpenSession session = byConnection.remove(connection);
        if (session == null) {
            return;
        }
        long id = session.id();
        byId.remove(id);
        session.leave();
        ids.ended(id);
        meters.closed(session.sync().origin().protocolKey());
        log.info("{} closed: {}", id, reason.isEmpty() ? "done" : plain(reason));
        Browser browser = session.browser();
        if (browser != null && session.sync().loggedIn() && !reason.equals(LOST)) {
            browsers.left(browser);
        }
        link.disconnected(id, reason);
    }

    /** Strips markup from a message for players. */
    private static String plain(String reason) {
        return OneLine.of(Renderer.render(reason, RenderStyle.PLAIN));
    }

    // From the game.

    @Override
    public void dataOut(long sessid, List<CommandTuple> commands) {
        OpenSession session = byId.get(sessid);
        if (session != null) {
            session.send(commands);
        }
    }

    @Override
    public void begun(long sessid) {
        OpenSession session = byId.get(sessid);
        if (session != null) {
            session.way().taken(nanoTime);
            session.connection().begun();
        }
    }

    @Override
    public void consumed(long sessid, int commands) {
        OpenSession session = byId.get(sessid);
        if (session == null) {
            return;
        }
        if (session.window().consumed(commands)) {
            session.windowChanged();
        }
        session.connection().consumed(commands);
    }

    @Override
    public void loggedIn(long sessid, long account, String name) {
        OpenSession session = byId.get(sessid);
        if (session == null) {
            return;
        }
        session.change(sync -> sync.withLogin(account, name));
        Browser browser = session.browser();
        if (browser != null && !Objects.equals(browser.uid(), account)) {
            browsers.loggedIn(browser, account);
        }
        log.info("{} logged in as {}", sessid, OneLine.of(name));
        session.connection().loggedIn(account, name);
    }

    @Override
    public void sync(long sessid, List<SessionChange> changes) {
        OpenSession session = byId.get(sessid);
        if (session == null) {
            return;
        }
        SessionSync before = session.change(sync -> sync.with(changes));
        session.connection().changed(changes);
        ClientFacts facts = session.facts();
        if (!facts.equals(before.facts())) {
            session.connection().factsChanged(facts);
        }
    }

    @Override
    public void reloaded(long awayNanos) {
        meters.gameBack(awayNanos);
        for (OpenSession session : all()) {
            session.connection().atReload();
            tellAbsence(session);
        }
        relayed.reloaded(awayNanos);
        turnEnds();
    }

    @Override
    public void newToItsGame(long sessid) {
        OpenSession session = byId.get(sessid);
        if (session != null) {
            tellAbsence(session);
        }
    }

    /** A game that does not know it is told that the client is away, if it is. */
    private void tellAbsence(OpenSession session) {
        if (session.absence() != null && !session.isRelayed()) {
            input.handOver(session, Presence.away());
        }
    }

    @Override
    public void turnEnds() {
        relayed.turnEnds();
    }

    @Override
    public void disconnect(long sessid, String reason) {
        OpenSession session = byId.get(sessid);
        if (session != null) {
            session.connection().disconnect(reason);
        }
    }

    @Override
    public void disconnect(long sessid, String reason, Departure why) {
        OpenSession session = byId.get(sessid);
        if (session != null) {
            session.connection().disconnect(reason, why);
        }
    }

    @Override
    public Set<String> shards() {
        return shards.get();
    }

    @Override
    public boolean canMove(long sessid, String shard) {
        OpenSession session = byId.get(sessid);
        return session != null && shards.get().contains(shard) && session.connection().canMove();
    }

    @Override
    public void move(long sessid, String shard) {
        OpenSession session = byId.get(sessid);
        if (session != null) {
            session.connection().move(shard);
        }
    }

    @Override
    public void connectOutwards(String kind, Login account, Map<String, @Nullable Object> config) {
        outbound.open(kind, account, config);
    }
}
