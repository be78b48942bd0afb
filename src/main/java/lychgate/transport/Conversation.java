package lychgate.transport;

import lychgate.plugin.Mailbox;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.plugin.PortalSessionHandler.Registration;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Departure;
import lychgate.session.Fact;
import lychgate.session.Feature;
import lychgate.session.Meters;
import lychgate.session.OutputOptions;
import lychgate.session.PortalSession;
import lychgate.session.Trace;
import lychgate.text.RenderStyle;
import lychgate.transport.Reading.Pause;
import lychgate.transport.trace.Tap;
import lychgate.transport.trace.TraceMemory;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One session on the transport's side, independent of the protocol. It connects the session
 * handler, which sees it as a {@link PortalSession}, with a connection, which consists of a {@link
 * Wire} (moves bytes) and a {@link Dialect} (encodes and decodes them). It is created by {@link
 * Conversations#begin}, given a connection by {@link #attach}, and announced to the game by {@link
 * #open}. {@link Stage} shows its states.
 *
 * <p>The dialect reports input with {@link #entered}, {@link #received} and {@link #learned}, and
 * sends with {@link #send}; the wire reports {@link #written}, {@link #inputEnded}, {@link #closed}
 * and {@link #failed}.
 *
 * <p>A session can outlive its connection: {@link #detach} removes wire and dialect, and {@link
 * #attach} installs new ones. While detached, nothing is read, and output is dropped.
 *
 * <p><b>Threads.</b> Methods of {@link PortalSession}, and those that say so, may be called by any
 * thread. All others must be called on the {@link #mailbox}.
 */
public final class Conversation implements PortalSession {
    private static final Logger log = LoggerFactory.getLogger(Conversation.class);

    /**
     * Timeout for sending the remaining output after the session has ended; then the connection is
     * closed.
     */
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    /** Said where the portal could not know when the connection came: it may have come back. */
    private static final String NO_NEWCOMERS =
            "The game is about to stop. Please try again in a few minutes.";

    private static final String FAILURE = "Something went wrong here. Please connect again.";
    private static final char REPLACEMENT = '\ufffd';

    private final PortalApplication app;
    private final Opening opening;
    private final Set<Conversation> open;
    private final Mailbox mailbox;
    private final Reading reading;
    private final InputTurn inputTurn;
    private final SendQueue queue;
    private final Tap tap;
    private final ClientStyle style = new ClientStyle();
    private volatile Wire wire = new NoWire();
    private volatile Dialect dialect = new NoDialect();
    private volatile Departure departure = Departure.OVER;
    private volatile @Nullable Registration registration;
    private volatile Stage stage = Stage.OPENING;
    private int unanswered; // lines passed to the game that no prompt has answered yet

    /**
     * See {@link Conversations#begin}.
     *
     * @param open the conversations that get a periodic {@link #tick}; this one adds and removes
     *     itself
     * @param nanoTime a monotonic clock
     * @param traces the memory for what is recorded
     */
    Conversation(
            PortalApplication app,
            Executor owner,
            Opening opening,
            Set<Conversation> open,
            LongSupplier nanoTime,
            TraceMemory traces) {
        this.app = app;
        this.opening = opening;
        this.open = open;
        this.mailbox = new Mailbox(owner, this::failed);
        this.inputTurn = new InputTurn(mailbox, () -> dialect.processInput());
        this.reading = new Reading(on -> wire.read(on), this::resumeInput);
        SendQueue.Events events = new QueueEvents(this, app.sessions());
        this.queue = new SendQueue(() -> app.limits().unsentBytes(), app.memoryBudget(), events);
        this.tap = new Tap(nanoTime, traces, this::gameHasAnswered);
        mailbox.whenDone(this::flush);
        reading.pause(Pause.DETACHED, true);
    }

    // The connection.

    /** Attaches a connection and starts reading from it. */
    public void attach(Wire connection, Dialect spoken) {
        wire = connection;
        dialect = spoken;
        reading.attached();
    }

    /** Detaches the connection without closing it. Output is discarded. */
    public void detach() {
        detach(new NoDialect());
    }

    /**
     * Detaches the connection without closing it. Unsent output is discarded.
     *
     * @param meanwhile takes the game's output until another connection is attached; must not
     *     {@link #send}
     * @return how many commands of the game it does not get, because they were dropped when the
     *     client did not read
     */
    public long detach(Dialect meanwhile) {
        reading.pause(Pause.DETACHED, true);
        wire = new NoWire();
        dialect = meanwhile;
        return queue.clear();
    }

    /** The mailbox on which everything of this session runs. */
    public Mailbox mailbox() {
        return mailbox;
    }

    /** The counters for this session's input and output. */
    public Meters meters() {
        return app.meters();
    }

    /** Records what the wire carries; for dialects that {@link Dialect#traces trace} it. */
    public Tap tap() {
        return tap;
    }

    @Override
    public void features(Consumer<List<Feature>> taker) {
        mailbox.run(() -> taker.accept(dialect.features()));
    }

    @Override
    public Trace trace() {
        return new TracedConversation(mailbox, tap);
    }

    /** Whether the game has dealt with all input, and its output has arrived here. */
    private boolean gameHasAnswered() {
        Registration known = registration; // asked first: output comes before it is done
        return known == null || (!known.awaitsGame() && !queue.isReserved());
    }

    /** Queues bytes for sending. They are written when the current turn of the mailbox ends. */
    public void send(byte[] bytes) {
        queue.add(bytes);
    }

    /**
     * Reports that the wire has completed the pending write.
     *
     * @return the number of bytes it had
     */
    public int written() {
        return queue.sent();
    }

    /**
     * Takes more bytes into the pending write, for a wire whose writes must not end where this one
     * does; null if there are none.
     */
    public byte @Nullable [] more() {
        return queue.more();
    }

    /** Reports how many bytes of incomplete or unprocessed input are buffered for this client. */
    public void bufferedInput(long bytes) {
        queue.bufferedInput(bytes);
    }

    /** Reports how many bytes of output are kept to be sent again if the client comes back. */
    public void retainedOutput(long bytes) {
        queue.retainedOutput(bytes);
    }

    /** Sets or clears a reason not to read from the client. Any thread may call. */
    public void pause(Pause reason, boolean on) {
        reading.pause(reason, on);
    }

    /** Whether buffered input may be processed now. */
    public boolean mayProcessInput() {
        return reading.mayProcess() && !isOver();
    }

    /**
     * Schedules a call of {@link Dialect#processInput} on the owner thread, after the other
     * connections there have had their turn. Any thread may call.
     */
    public void processInputLater() {
        inputTurn.schedule();
    }

    /** Runs a task later, unless the session is over by then. Any thread may call. */
    public void later(Duration delay, Runnable task) {
        app.scheduler().after(delay, () -> runUnlessOver(task));
    }

    // Reported by dialect and wire.

    /** The connection is ready: registers the session with the game. */
    public void open() {
        if (stage == Stage.OPENING && !app.admission().takesNewcomers()) {
            app.meters().refused("draining");
            disconnect(NO_NEWCOMERS, Departure.LIMIT);
        } else if (stage == Stage.OPENING) {
            stage = Stage.OPEN;
            registration = app.sessions().connect(this, opening);
            tap.note(
                    true,
                    "session "
                            + this
                            + " from "
                            + opening.address()
                            + " over "
                            + opening.protocolKey());
            open.add(this);
        }
    }

    /** The player entered a line. Bytes that could not be decoded must have become U+FFFD. */
    public void entered(String line) {
        if (dialect.traces()) {
            passOn(line);
        } else {
            tap.entered(line);
            try {
                passOn(line);
            } finally {
                tap.dealt();
            }
        }
    }

    private void passOn(String line) {
        if (line.indexOf(REPLACEMENT) >= 0) {
            app.meters().malformed("charset");
        }
        if (app.limits().isTooLong(line)) {
            lineTooLong();
        } else if (app.sessions().dataIn(this, CommandTuple.text(line))) {
            unanswered++;
        }
    }

    /**
     * The game has answered a line with a prompt. Returns whether no other line still awaits one.
     */
    public boolean answered() {
        unanswered = Math.max(0, unanswered - 1);
        return unanswered == 0;
    }

    /** The player entered a line that was too long and has been discarded; they are warned. */
    public void lineTooLong() {
        app.sessions().lineTooLong(this);
    }

    /**
     * The client sent a command. This and the following methods do nothing once the session is
     * over.
     *
     * @return whether it was passed to the game
     */
    public boolean received(CommandTuple command) {
        if (dialect.traces()) {
            return app.sessions().dataIn(this, command);
        }
        tap.commanded(command);
        try {
            return app.sessions().dataIn(this, command);
        } finally {
            tap.dealt();
        }
    }

    /** A fact about the client has been learned. */
    public <T> void learned(Fact<T> fact, T value, String source) {
        app.sessions().learned(this, fact, value, source);
    }

    /** The client is alive, though nobody typed. */
    public void alive() {
        app.sessions().alive(this);
    }

    /** The opening is over: what a client announces on connecting is known, or has timed out. */
    public void settled() {
        app.sessions().settled(this);
    }

    /**
     * The client has closed its side (half-close, EOF): the session ends once its output is sent.
     */
    public void inputEnded() {
        reading.pause(Pause.ENDED, true); // else EOF is reported again and again
        finish("");
        wire.inputEnded();
    }

    /** The connection has been closed, and the session ends with it. */
    public void closed() {
        closed(PortalSessionHandler.LOST);
    }

    /**
     * The same.
     *
     * @param reason for the game, unless the session has ended for another one
     */
    public void closed(String reason) {
        stage = Stage.CLOSED;
        open.remove(this);
        queue.discard();
        dialect.closed();
        tap.closed(reason);
        app.sessions().disconnect(this, reason);
    }

    /**
     * Ends the session without a message: the client speaks another protocol.
     *
     * @param protocol the detected protocol, for the counters
     */
    public void rejectProtocol(String protocol) {
        app.meters().refused(protocol);
        end("not " + opening.protocolKey() + " but " + protocol, false);
    }

    /**
     * Reports a failure. An {@link IOException} closes the connection; anything else is an internal
     * error, which is logged and ends this session only. Any thread may call.
     */
    public void failed(Throwable cause) {
        if (cause instanceof IOException) {
            wire.cut();
        } else if (wire.isClosing()) {
            log.debug("session {} failed after it had ended", this, cause);
        } else {
            log.error("session {} closed: internal error", this, cause);
            app.meters().refused("failure");
            mailbox.run(() -> finish(FAILURE));
        }
    }

    // State.

    /** Whether the session is over, as far as the game is concerned. Any thread may call. */
    public boolean isOver() {
        return stage.isOver();
    }

    /** The known facts about the client. Any thread may call. */
    public ClientFacts facts() {
        Registration known = registration;
        return known == null ? opening.facts() : known.facts();
    }

    /** The style in which the client is shown a text with these options. */
    public RenderStyle style(OutputOptions options) {
        return style.of(facts(), options);
    }

    /** The session's number, for logs. */
    @Override
    public String toString() {
        Registration known = registration;
        return known == null ? "unopened" : Long.toString(known.id());
    }

    /** Handles what is due by time alone. Called by the scheduler's thread. */
    void tick(long now) {
        if (!isDetached()) {
            dialect.tick(now);
            queue.review(now, wire.taken());
        }
        if (tap.hasWaiting()) {
            mailbox.run(tap::settle);
        }
    }

    // Output from the game, on any thread.

    /** Runs as one task, so that nothing queued later, such as the disconnect, gets in between. */
    @Override
    public void dataOut(List<CommandTuple> commands) {
        long bytes = SendQueue.size(commands);
        if (!queue.reserve(bytes, commands.size())) {
            return;
        }
        mailbox.run(
                () -> {
                    try {
                        if (!isOver()) {
                            tap.handedOut(commands, !dialect.traces());
                            dialect.send(commands);
                        }
                    } finally {
                        queue.release(bytes);
                    }
                });
    }

    @Override
    public void atLogin() {
        runUnlessOver(
                () -> {
                    tap.loggedIn();
                    dialect.atLogin();
                });
    }

    @Override
    public void atReload() {
        runUnlessOver(() -> dialect.atReload());
    }

    @Override
    public void factsChanged(ClientFacts facts) {
        runUnlessOver(() -> dialect.factsChanged(facts));
    }

    @Override
    public void disconnect(String reason) {
        disconnect(reason, Departure.OVER);
    }

    @Override
    public void disconnect(String reason, Departure why) {
        mailbox.run(
                () -> {
                    if (!isOver()) {
                        departure = why;
                        finish(reason);
                    }
                });
    }

    /** Why it ends, once it does. */
    public Departure departure() {
        return departure;
    }

    @Override
    public void holdInput(boolean hold) {
        reading.pause(Pause.HELD, hold);
    }

    @Override
    public long unsent() {
        return queue.unsent();
    }

    /** Runs a task on the mailbox, unless the session is over by then. Any thread may call. */
    public void runUnlessOver(Runnable task) {
        mailbox.run(
                () -> {
                    if (!isOver()) {
                        task.run();
                    }
                });
    }

    // The end.

    /** Shows the reason to the player, sends all unsent output, and ends the session. */
    public void finish(String reason) {
        end(reason, true);
    }

    private void end(String reason, boolean withWords) {
        if (isOver()) {
            return;
        }
        stage = Stage.CLOSING; // first: the session ends even if the farewell fails
        app.scheduler().after(CLOSE_TIMEOUT, wire::close);
        try {
            if (withWords) {
                dialect.farewell(reason);
            }
        } finally {
            app.sessions().disconnect(this, reason);
            dialect.endOutput();
            queue.close();
            closeIfDetached();
        }
    }

    /** Without a connection, nothing else will report its end. */
    private void closeIfDetached() {
        if (isDetached()) {
            closed();
        }
    }

    private boolean isDetached() {
        return wire instanceof NoWire;
    }

    /** All output has been written: the wire ends, and what still comes in is dropped. */
    void endOutput() {
        reading.discard();
        wire.endOutput();
    }

    /** Closes the connection at once: its client does not read. */
    void cut(String limit) {
        if (stage == Stage.CLOSED || wire.isClosing()) {
            return;
        }
        log.info(
                "session {} closed: client not reading ({}), {} bytes unsent",
                this,
                limit,
                queue.unsent());
        app.meters().refused(limit);
        if (!limit.equals(SendQueue.MEMORY) && dialect.outlivesConnection()) {
            dialect.connectionGivenUp();
            return;
        }
        stage = Stage.CLOSING;
        queue.discard();
        app.sessions().disconnect(this, "does not read");
        wire.cut();
        closeIfDetached();
    }

    /** Called after each turn of the mailbox: sends its output in one write. */
    private void flush() {
        dialect.flush();
        byte[] bytes = isDetached() ? null : queue.next();
        if (bytes != null) {
            wire.write(bytes);
        }
    }

    private void resumeInput() {
        if (dialect.hasPendingInput()) {
            processInputLater();
        }
    }
}
