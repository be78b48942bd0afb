package lychgate.portal;

import lychgate.address.Cidr;
import lychgate.admin.LinkStatus;
import lychgate.admin.SessionRow;
import lychgate.plugin.LevelSignal;
import lychgate.plugin.Limits;
import lychgate.plugin.PortalSessionHandler;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.GameLink;
import lychgate.session.Meters;
import lychgate.session.Meters.Direction;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;
import lychgate.session.PortalSession;
import lychgate.session.PortalSide;
import lychgate.session.SessionChange;
import lychgate.session.SessionSync;
import lychgate.text.Markup;
import lychgate.text.RenderStyle;
import lychgate.text.Renderer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * All sessions: gives them their numbers, hands what their clients say to the game and what the
 * game says to them, and keeps the limits that do not depend on a protocol.
 */
final class PortalSessions implements PortalSessionHandler, PortalSide {
    private static final Logger log = LoggerFactory.getLogger(PortalSessions.class);

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private static final Markup TOO_LONG =
            Markup.of(
                    "You entered a string that was too long. Please break it up into multiple"
                            + " parts.");
    private static final Markup TOO_FAST =
            Markup.of("You entered commands too fast. Wait a moment and try again.");
    private static final Markup TOO_SLOW_TO_LOG_IN =
            Markup.of("You took too long to log in. Please connect again.");
    private static final Markup IDLE =
            Markup.of("You have been idle for too long. Please come again.");

    /** How long the game may be away before players are told. */
    static final long QUIET_NANOS = NANOS_PER_SECOND;

    private static final Markup AWAY =
            Markup.of(
                    "|yThe game is away for a moment. What you type is kept, and done when it is"
                            + " back.|n");

    private static final Markup READ_NO_MORE =
            Markup.of("|yThe game is still away: what you type now is read when it is back.|n");

    private final GameLink link;
    private final SessionIds ids;
    private final Supplier<Limits> limits;
    private final Meters meters;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Map<PortalSession, Entry> bySession = new ConcurrentHashMap<>();
    private final Map<Long, Entry> byId = new ConcurrentHashMap<>();
    private final AtomicInteger loggedIn = new AtomicInteger();
    private final AtomicLong refusedInput = new AtomicLong();

    /** What is kept of one session. */
    private final class Entry implements Registration {
        private final long id;
        private final PortalSession session;
        private volatile SessionSync sync;
        private final long openedAt;
        private final InputWindow window = new InputWindow();
        private final LevelSignal held = new LevelSignal(false, window::full, this::hold);
        private final AtomicLong credit = new AtomicLong(); // commands beyond the rate
        private volatile boolean hidden; // what is typed, by the game's word
        private volatile long heldSince;
        private volatile long inputAt;
        private final AtomicLong inputs = new AtomicLong();
        private long secondBegan;
        private int commandsThisSecond;
        private boolean gone;
        private boolean sentAway; // the timer's, as the next two
        private boolean toldOfAbsence;
        private long toldOfAbsenceAt;

        Entry(long id, PortalSession session, SessionSync sync, long now) {
            this.id = id;
            this.session = session;
            this.sync = sync;
            this.openedAt = now;
            this.inputAt = now;
            this.secondBegan = now;
        }

        @Override
        public long id() {
            return id;
        }

        @Override
        public ClientFacts facts() {
            return sync.facts();
        }

        /** Changes what is kept, of which logins are counted; gives what it was. */
        synchronized SessionSync change(UnaryOperator<SessionSync> change) {
            SessionSync before = sync;
            sync = change.apply(before);
            if (!gone) {
                loggedIn.addAndGet(logins(sync) - logins(before));
            }
            return before;
        }

        /** The session is gone. */
        synchronized void leave() {
            gone = true;
            loggedIn.addAndGet(-logins(sync));
        }

        private static int logins(SessionSync sync) {
            return sync.loggedIn() ? 1 : 0;
        }

        /** Whether a command is allowed that the client sent while it was not read. */
        boolean takeCredit() {
            return credit.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        }

        /** Stops reading from the client, or goes on; what it typed meanwhile comes all at once. */
        private void hold(boolean on) {
            long now = nanoTime.getAsLong();
            if (on) {
                heldSince = now;
            } else {
                credit.addAndGet(
                        (now - heldSince) / NANOS_PER_SECOND * limits.get().commandsPerSecond());
            }
            session.holdInput(on);
        }

        /** Notes whether what is typed next is to be seen. */
        void noteHiding(List<CommandTuple> commands) {
            for (CommandTuple command : commands) {
                if (!command.kwargs().isEmpty()) {
                    Boolean echo =
                            OutputOptions.of(command.kwargs().get(CommandTuple.OPTIONS))
                                    .get(OutputOption.ECHO);
                    hidden = echo == null ? hidden : !echo;
                }
            }
        }

        /** Notes an input. Only its protocol's thread of the moment does. */
        void noteInput(long now) {
            inputAt = now;
            inputs.setRelease(inputs.getPlain() + 1);
        }
    }

    /**
     * @param ids the sessions' numbers
     * @param limits asked each time: a reload changes them
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
        this.link = link;
        this.ids = ids;
        this.limits = limits;
        this.meters = meters;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    // What a protocol tells.

    @Override
    public Registration connect(PortalSession session, Opening opening) {
        long id = ids.next();
        SessionSync sync =
                SessionSync.opened(
                                id,
                                opening.protocolKey(),
                                opening.address(),
                                opening.facts(),
                                clock.instant())
                        .withClaim(opening.claim());
        Entry entry = new Entry(id, session, sync, nanoTime.getAsLong());
        bySession.put(session, entry);
        byId.put(id, entry);
        meters.opened(opening.protocolKey());
        log.info("{} opened from {} over {}", id, opening.address(), opening.protocolKey());
        link.connected(sync);
        return entry;
    }

    @Override
    public boolean dataIn(PortalSession session, CommandTuple command) {
        Entry entry = bySession.get(session);
        if (entry == null || !inTime(entry)) {
            return false;
        }
        CommandTuple clean = CleanInput.of(command);
        if (clean.is(CommandTuple.TEXT)) {
            meters.line(Direction.IN);
            if (entry.facts().is(Fact.LOCALECHO) && !entry.hidden) {
                say(entry, Markup.literal(String.valueOf(clean.argument(0))));
            }
        }
        if (entry.window.handedOver(clean)) {
            entry.held.changed();
            if (link.state() == GameLink.State.AWAY) {
                refusedInput.incrementAndGet();
                meters.refused("held_input");
                say(entry, READ_NO_MORE);
            }
        }
        link.dataIn(entry.id, List.of(clean));
        return true;
    }

    @Override
    public void lineTooLong(PortalSession session) {
        Entry entry = bySession.get(session);
        if (entry != null && inTime(entry)) {
            meters.refused("line_length");
            say(entry, TOO_LONG);
        }
    }

    @Override
    public <T> void learned(PortalSession session, Fact<T> fact, T value, String source) {
        Entry entry = bySession.get(session);
        if (entry == null) {
            return;
        }
        T clean = CleanInput.fact(value);
        ClientFacts before = entry.facts();
        if (isHeld(fact, before) || before.with(fact, clean, source).equals(before)) {
            return; // clients say the same again and again: that is no news
        }
        entry.change(sync -> sync.with(sync.facts().with(fact, clean, source)));
        link.factsChanged(entry.id, entry.facts());
    }

    /** A size that was set by hand holds against the window's own. */
    private static boolean isHeld(Fact<?> fact, ClientFacts facts) {
        boolean size = fact.equals(Fact.WIDTH) || fact.equals(Fact.HEIGHT);
        return size && !facts.get(Fact.AUTORESIZE, true);
    }

    @Override
    public void alive(PortalSession session) {
        Entry entry = bySession.get(session);
        if (entry != null) {
            entry.inputAt = nanoTime.getAsLong();
        }
    }

    @Override
    public void settled(PortalSession session) {
        Entry entry = bySession.get(session);
        if (entry != null) {
            link.settled(entry.id);
        }
    }

    @Override
    public void writable(PortalSession session, boolean writable) {
        Entry entry = bySession.get(session);
        if (entry != null) {
            link.writable(entry.id, writable);
        }
    }

    @Override
    public void disconnect(PortalSession session, String reason) {
        Entry entry = bySession.remove(session);
        if (entry == null) {
            return;
        }
        byId.remove(entry.id);
        entry.leave();
        ids.ended(entry.id);
        meters.closed(entry.sync.origin().protocolKey());
        log.info("{} closed: {}", entry.id, reason.isEmpty() ? "done" : plain(reason));
        link.disconnected(entry.id, reason);
    }

    /** What players are told has markup. */
    private static String plain(String reason) {
        return OneLine.of(Renderer.render(reason, RenderStyle.PLAIN));
    }

    @Override
    public int loggedIn() {
        return loggedIn.get();
    }

    @Override
    public List<Long> ids() {
        return byId.keySet().stream().sorted().toList();
    }

    // What the game tells.

    @Override
    public void dataOut(long sessid, List<CommandTuple> commands) {
        Entry entry = byId.get(sessid);
        if (entry != null) {
            entry.noteHiding(commands);
            entry.session.dataOut(commands);
        }
    }

    @Override
    public void consumed(long sessid, int commands) {
        Entry entry = byId.get(sessid);
        if (entry != null && entry.window.consumed(commands)) {
            entry.held.changed();
        }
    }

    @Override
    public void loggedIn(long sessid, long account, String name) {
        Entry entry = byId.get(sessid);
        if (entry == null) {
            return;
        }
        entry.change(sync -> sync.withLogin(account, name));
        log.info("{} logged in as {}", sessid, OneLine.of(name));
        entry.session.atLogin();
    }

    @Override
    public void sync(long sessid, List<SessionChange> changes) {
        Entry entry = byId.get(sessid);
        if (entry == null) {
            return;
        }
        SessionSync before = entry.change(sync -> sync.with(changes));
        if (!entry.facts().equals(before.facts())) {
            entry.session.factsChanged(entry.facts());
        }
    }

    @Override
    public void reloaded(long awayNanos) {
        meters.gameBack(awayNanos);
        byId.values().forEach(entry -> entry.session.atReload());
    }

    @Override
    public void disconnect(long sessid, String reason) {
        Entry entry = byId.get(sessid);
        if (entry != null) {
            entry.session.disconnect(reason);
        }
    }

    // What the portal does with them.

    /** Ends sessions that took too long to log in, or have been idle for too long. */
    void sweep() {
        long now = nanoTime.getAsLong();
        for (Entry entry : byId.values()) {
            if (over(limits.get().loginSeconds(), now - entry.openedAt) && !entry.sync.loggedIn()) {
                sendAway(entry, "login_seconds", TOO_SLOW_TO_LOG_IN);
            } else if (over(limits.get().idleSeconds(), now - entry.inputAt)) {
                sendAway(entry, "idle_seconds", IDLE);
            }
        }
    }

    /** Tells those who wait for the game for longer than a moment, once for each absence. */
    void tellOfAbsence() {
        long away = link.awayNanos();
        if (away < QUIET_NANOS) {
            return;
        }
        long now = nanoTime.getAsLong();
        for (Entry entry : byId.values()) {
            boolean told = entry.toldOfAbsence && now - entry.toldOfAbsenceAt < away;
            if (!told && now - entry.openedAt >= QUIET_NANOS) {
                entry.toldOfAbsence = true;
                entry.toldOfAbsenceAt = now;
                say(entry, AWAY);
            }
        }
    }

    /** How the game can be reached, and what waits for it. */
    LinkStatus linkStatus() {
        boolean up = link.state() == GameLink.State.UP;
        long commands = 0;
        long bytes = 0;
        if (!up) {
            for (Entry entry : byId.values()) {
                commands += entry.window.commands();
                bytes += entry.window.bytes();
            }
        }
        return new LinkStatus(
                up,
                up ? Duration.ZERO : Duration.ofNanos(link.awayNanos()),
                commands,
                bytes,
                refusedInput.get());
    }

    /** Ends a session that has broken a limit; one that takes its time to end is told once. */
    private void sendAway(Entry entry, String limit, Markup reason) {
        if (!entry.sentAway) {
            entry.sentAway = true;
            meters.refused(limit);
            entry.session.disconnect(reason.source());
        }
    }

    /** Says something to everybody. */
    void announce(Markup words) {
        byId.values().forEach(entry -> say(entry, words));
    }

    /** Ends a session; false if there is none of that number. */
    boolean kick(long sessid, Markup reason) {
        Entry entry = byId.get(sessid);
        if (entry != null) {
            entry.session.disconnect(reason.source());
        }
        return entry != null;
    }

    /** Ends the sessions from there. */
    void disconnectFrom(Cidr network, Markup reason) {
        for (Entry entry : byId.values()) {
            if (isFrom(entry.sync.origin().address(), network)) {
                entry.session.disconnect(reason.source());
            }
        }
    }

    /** The sessions as an operator sees them. */
    List<SessionRow> rows() {
        long now = nanoTime.getAsLong();
        return byId.values().stream()
                .map(
                        entry ->
                                new SessionRow(
                                        entry.id,
                                        account(entry.sync),
                                        entry.sync.origin().protocolKey(),
                                        entry.sync.origin().address(),
                                        client(entry.facts()),
                                        Duration.ofNanos(now - entry.inputAt),
                                        entry.session.unsent()))
                .sorted(Comparator.comparingLong(SessionRow::id))
                .toList();
    }

    private static String account(SessionSync sync) {
        String name = sync.loggedIn() ? sync.login().uname() : null;
        return name == null ? "" : OneLine.of(name);
    }

    private static String client(ClientFacts facts) {
        String client = facts.get(Fact.CLIENT);
        return client == null ? "" : OneLine.of(client);
    }

    private static boolean isFrom(String address, Cidr network) {
        Cidr known = Cidr.parse(address);
        return known != null && network.contains(known.address());
    }

    /** Ends all sessions. */
    void disconnectAll(Markup reason) {
        byId.values().forEach(entry -> entry.session.disconnect(reason.source()));
    }

    /** What is kept of each session, for a game that comes back. */
    List<SessionSync> syncs() {
        Instant now = clock.instant();
        long nanos = nanoTime.getAsLong();
        return byId.values().stream()
                .map(
                        entry ->
                                entry.sync.withInput(
                                        entry.inputs.get(),
                                        now.minus(Duration.ofNanos(nanos - entry.inputAt))))
                .toList();
    }

    /** Whether a command comes within the session's rate; the first that does not is warned of. */
    private boolean inTime(Entry entry) {
        long now = nanoTime.getAsLong();
        entry.noteInput(now);
        if (limits.get().commandsPerSecond() == 0) {
            return true;
        }
        if (now - entry.secondBegan >= TimeUnit.SECONDS.toNanos(1)) {
            entry.secondBegan = now;
            entry.commandsThisSecond = 0;
        }
        entry.commandsThisSecond++;
        if (entry.commandsThisSecond <= limits.get().commandsPerSecond() || entry.takeCredit()) {
            return true;
        }
        meters.refused("commands_per_second");
        if (entry.commandsThisSecond == limits.get().commandsPerSecond() + 1) {
            say(entry, TOO_FAST);
        }
        return false;
    }

    private static boolean over(int seconds, long nanos) {
        return seconds > 0 && nanos > TimeUnit.SECONDS.toNanos(seconds);
    }

    private static void say(Entry entry, Markup words) {
        entry.session.dataOut(List.of(CommandTuple.text(words.source())));
    }

    /** What is kept of a session; null where there is none of that number. */
    @Nullable SessionSync sync(long sessid) {
        Entry entry = byId.get(sessid);
        return entry == null ? null : entry.sync;
    }

    /** Bytes that a session's client has not taken yet. */
    long unsent(long sessid) {
        Entry entry = byId.get(sessid);
        return entry == null ? 0 : entry.session.unsent();
    }
}
