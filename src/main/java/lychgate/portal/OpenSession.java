package lychgate.portal;

import lychgate.address.Cidr;
import lychgate.plugin.LevelSignal;
import lychgate.plugin.Limits;
import lychgate.plugin.PortalSessionHandler.Registration;
import lychgate.session.Browser;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Departure;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;
import lychgate.session.PortalSession;
import lychgate.session.SessionSync;
import lychgate.text.Markup;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The portal's state of one session. Thread safe, except that input belongs to the thread that
 * reads from the client.
 */
final class OpenSession implements Registration {
    private final PortalSession session;
    private final @Nullable Browser browser;
    private final boolean relayed;
    private final AtomicInteger logins;
    private final LongSupplier nanoTime;
    private final long openedAt;
    private final InputRate rate;
    private final InputWindow window = new InputWindow();
    private final LevelSignal held = new LevelSignal(false, window::full, this::hold);
    private final CommandWay way = new CommandWay();
    private final AtomicLong inputs;
    private volatile SessionSync sync;
    private volatile boolean gone;
    private volatile boolean hidden; // input is not shown, because the game asked for a password
    private volatile long inputAt;
    private volatile @Nullable Long toldAwayAt; // null: not at another portal
    private volatile @Nullable Long awaySince; // by the clock; null: the client is connected

    /**
     * @param browser as the game's website knows it; null if it is none
     * @param logins counts the sessions over which an account is logged in
     * @param nanoTime a clock that only goes forward
     */
    OpenSession(
            PortalSession session,
            SessionSync sync,
            @Nullable Browser browser,
            Supplier<Limits> limits,
            AtomicInteger logins,
            LongSupplier nanoTime) {
        this(session, sync, browser, null, limits, logins, nanoTime);
    }

    /**
     * A session whose client is connected to another portal.
     *
     * @param now the time of day, as in {@code sync}
     */
    static OpenSession relayed(
            PortalSession session,
            SessionSync sync,
            Instant now,
            Supplier<Limits> limits,
            AtomicInteger logins,
            LongSupplier nanoTime) {
        return new OpenSession(session, sync, null, now, limits, logins, nanoTime);
    }

    private OpenSession(
            PortalSession session,
            SessionSync sync,
            @Nullable Browser browser,
            @Nullable Instant relayedAt,
            Supplier<Limits> limits,
            AtomicInteger logins,
            LongSupplier nanoTime) {
        long now = nanoTime.getAsLong();
        this.session = session;
        this.sync = sync;
        this.browser = browser;
        this.logins = logins;
        this.nanoTime = nanoTime;
        this.relayed = relayedAt != null;
        this.inputs = new AtomicLong(sync.activity().cmdTotal());
        this.openedAt = now - nanos(sync.activity().connTime(), relayedAt);
        this.inputAt = now - nanos(sync.activity().cmdLast(), relayedAt);
        this.rate = new InputRate(limits, now);
    }

    /** The time between the two, by clocks of two machines; 0 if there is no second one. */
    private static long nanos(Instant then, @Nullable Instant now) {
        return now == null ? 0 : Math.max(0, Duration.between(then, now).toNanos());
    }

    @Override
    public long id() {
        return sync.sessid();
    }

    @Override
    public ClientFacts facts() {
        return sync.facts();
    }

    @Override
    public boolean awaitsGame() {
        return window.commands() > 0;
    }

    /** The connection to the client. */
    PortalSession connection() {
        return session;
    }

    /** The browser it came from, as it was when it came; null if it is none that is known. */
    @Nullable Browser browser() {
        return browser;
    }

    /** Its state, without the inputs so far. */
    SessionSync sync() {
        return sync;
    }

    /** Its state for a restarted game. */
    SessionSync sync(Instant now) {
        return sync.withInput(inputs.get(), now.minus(idle()));
    }

    /** Changes its state; returns the previous one. */
    synchronized SessionSync change(UnaryOperator<SessionSync> change) {
        SessionSync before = sync;
        sync = change.apply(before);
        if (!gone) {
            logins.addAndGet(logins(sync) - logins(before));
        }
        return before;
    }

    /** The connection is gone. */
    synchronized void leave() {
        gone = true;
        logins.addAndGet(-logins(sync));
    }

    private int logins(SessionSync of) {
        return of.loggedIn() && !isOutbound() ? 1 : 0;
    }

    /** It is one of the portal's sessions from now on. */
    synchronized void enter() {
        logins.addAndGet(logins(sync));
    }

    /** Whether its client is connected to another portal, which limits and ends it. */
    boolean isRelayed() {
        return relayed;
    }

    /** Whether it connects to somewhere else, for the game: nobody plays over it. */
    boolean isOutbound() {
        return session instanceof OutboundConnection;
    }

    /** Whether its client is connected to this portal, or was: neither relayed nor outbound. */
    boolean hasClientHere() {
        return !relayed && !isOutbound();
    }

    boolean gone() {
        return gone;
    }

    /** Whether it comes from that network. */
    boolean isFrom(Cidr network) {
        Cidr address = Cidr.parse(sync.origin().address());
        return address != null && network.contains(address.address());
    }

    /** How long it has been open. */
    Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - openedAt);
    }

    /** How long the client has sent nothing. */
    Duration idle() {
        return Duration.ofNanos(nanoTime.getAsLong() - inputAt);
    }

    /** It has come from another portal, which has told the player that the game is away. */
    void toldAway() {
        toldAwayAt = nanoTime.getAsLong();
    }

    /** Whether that was within so many nanoseconds. */
    boolean toldAwayWithin(long nanos) {
        Long at = toldAwayAt;
        return at != null && nanoTime.getAsLong() - at <= nanos;
    }

    /** The client has lost its connection. */
    void leftAlone() {
        awaySince = nanoTime.getAsLong();
    }

    /** How long the client has been away; null if it is not. */
    @Nullable Duration absence() {
        Long since = awaySince;
        return since == null ? null : Duration.ofNanos(nanoTime.getAsLong() - since);
    }

    /** The client is back. */
    void rejoined() {
        awaySince = null;
    }

    // Input.

    /** The client sent something that is input for the game. */
    InputRate.Verdict input() {
        long now = nanoTime.getAsLong();
        inputAt = now;
        inputs.setRelease(inputs.getPlain() + 1);
        return rate.next(now);
    }

    /** The same, of a client whose own portal has limited it. */
    void relayedInput() {
        inputAt = nanoTime.getAsLong();
        inputs.setRelease(inputs.getPlain() + 1);
    }

    /** The client has shown that it is alive. */
    void alive() {
        inputAt = nanoTime.getAsLong();
    }

    /** Where the time of its last command went. */
    CommandWay way() {
        return way;
    }

    /** Input that the game has not finished. */
    InputWindow window() {
        return window;
    }

    /** The window has become full, or no longer is. */
    void windowChanged() {
        held.changed();
    }

    /** Pauses reading from the client, or resumes. */
    private void hold(boolean on) {
        long now = nanoTime.getAsLong();
        if (on) {
            rate.paused(now);
        } else {
            rate.resumed(now);
        }
        session.holdInput(on);
    }

    // Output.

    /** Sends commands of the game to the client. */
    void send(List<CommandTuple> commands) {
        noteHiding(commands);
        boolean answers = way.answers(nanoTime);
        session.dataOut(commands);
        if (answers) {
            way.shown(nanoTime.getAsLong());
        }
    }

    /** Whether the game has hidden what the player types. */
    boolean hidden() {
        return hidden;
    }

    private void noteHiding(List<CommandTuple> commands) {
        for (CommandTuple command : commands) {
            if (!command.kwargs().isEmpty()) {
                Boolean echo =
                        OutputOptions.of(command.kwargs().get(CommandTuple.OPTIONS))
                                .get(OutputOption.ECHO);
                hidden = echo == null ? hidden : !echo;
            }
        }
    }

    /** Sends a message of the portal to the player. */
    void say(Markup words) {
        session.dataOut(List.of(CommandTuple.text(words.source())));
    }

    /** Ends the connection. */
    void disconnect(Markup reason, Departure why) {
        session.disconnect(reason.source(), why);
    }
}
