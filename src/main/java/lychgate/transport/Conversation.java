package lychgate.transport;

import lychgate.plugin.Mailbox;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.plugin.PortalSessionHandler.Registration;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.Meters;
import lychgate.session.Output;
import lychgate.session.OutputOptions;
import lychgate.session.PortalSession;
import lychgate.text.RenderStyle;
import lychgate.transport.Reading.Pause;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The life of one session on its transport's side, whatever is spoken. It stands between the
 * session handler, which knows it as a {@link PortalSession}, and a connection: a {@link Wire},
 * which moves bytes, and a {@link Dialect}, which knows what they mean. {@link Stage} draws its
 * life.
 *
 * <p>A session outlives its connection if its transport wants that: {@link #detach} takes wire and
 * dialect off, {@link #attach} puts others on. Meanwhile nothing is read, and what the game says
 * goes to no client.
 *
 * <p><b>Threads.</b> Methods of {@link PortalSession} and those that say so may be called by any
 * thread. All others are called on the {@link #mailbox}.
 */
public final class Conversation implements PortalSession {
    private static final Logger log = LoggerFactory.getLogger(Conversation.class);

    /** How long the last words may take to be sent before the connection is closed. */
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private static final String FAILURE = "Something went wrong here. Please connect again.";
    private static final char REPLACEMENT = '\ufffd';

    private final PortalApplication app;
    private final Opening opening;
    private final Set<Conversation> open;
    private final Mailbox mailbox;
    private final Reading reading;
    private final InputTurn inputTurn;
    private final SendQueue queue;
    private final ClientStyle style = new ClientStyle();
    private volatile Wire wire = new NoWire();
    private volatile Dialect dialect = new NoDialect();
    private volatile @Nullable Registration registration;
    private volatile Stage stage = Stage.OPENING;
    private int unanswered; // lines that the game was handed and has sent no prompt for

    /**
     * See {@link Conversations#begin}.
     *
     * @param open those that are looked at now and then: joined and left
     */
    Conversation(PortalApplication app, Executor owner, Opening opening, Set<Conversation> open) {
        this.app = app;
        this.opening = opening;
        this.open = open;
        this.mailbox = new Mailbox(owner, this::failed);
        this.inputTurn = new InputTurn(mailbox, () -> dialect.processInput());
        this.reading = new Reading(on -> wire.read(on), this::resumeInput);
        this.queue =
                new SendQueue(
                        () -> app.limits().unsentBytes(), app.memoryBudget(), new QueueEvents());
        mailbox.whenDone(this::flush);
        reading.pause(Pause.DETACHED, true);
    }

    // The connection.

    /** Puts a connection on, which is read from now on. */
    public void attach(Wire connection, Dialect spoken) {
        wire = connection;
        dialect = spoken;
        reading.pause(Pause.DETACHED, false);
    }

    /** Takes the connection off, without closing it. What was not sent is forgotten. */
    public void detach() {
        reading.pause(Pause.DETACHED, true);
        wire = new NoWire();
        dialect = new NoDialect();
        queue.clear();
    }

    /** What everything of this session runs on. */
    public Mailbox mailbox() {
        return mailbox;
    }

    /** What counts this session's input and output. */
    public Meters meters() {
        return app.meters();
    }

    /** Bytes to be written, behind all others. They are sent when this turn is over. */
    public void send(byte[] bytes) {
        queue.add(bytes);
    }

    /**
     * The write that was under way is done.
     *
     * @return how many bytes it had
     */
    public int written() {
        return queue.sent();
    }

    /** The client has begun to send that many bytes, which are kept until they are whole. */
    public void bufferedInput(long bytes) {
        queue.bufferedInput(bytes);
    }

    /** Gives a reason not to read, or takes it back. Any thread may call. */
    public void pause(Pause reason, boolean on) {
        reading.pause(reason, on);
    }

    /** Whether input that is here is dealt with now. */
    public boolean mayProcessInput() {
        return reading.mayProcess() && !isOver();
    }

    /**
     * Has {@link Dialect#processInput} called once others have had their turn. Any thread may call.
     */
    public void processInputLater() {
        inputTurn.schedule();
    }

    /** Runs a task later, unless the session is over by then. Any thread may call. */
    public void later(Duration delay, Runnable task) {
        app.scheduler().after(delay, () -> runUnlessOver(task));
    }

    // What the client does.

    /** The connection is ready for words: the game hears of the session. */
    public void open() {
        if (stage == Stage.OPENING) {
            stage = Stage.OPEN;
            registration = app.sessions().connect(this, opening);
            open.add(this);
        }
    }

    /**
     * The player entered a line. Characters that could not be decoded have become U+FFFD by now.
     */
    public void entered(String line) {
        if (line.indexOf(REPLACEMENT) >= 0) {
            app.meters().malformed("charset");
        }
        if (app.limits().isTooLong(line)) {
            lineTooLong();
        } else if (received(CommandTuple.text(line))) {
            unanswered++;
        }
    }

    /** The game answers a line with a prompt; whether no other line awaits one. */
    public boolean answered() {
        unanswered = Math.max(0, unanswered - 1);
        return unanswered == 0;
    }

    /** The player entered a line that was too long to be kept. */
    public void lineTooLong() {
        app.sessions().lineTooLong(this);
    }

    /**
     * The client sent a command. As with all that follows here, a session that is over is passed
     * over.
     *
     * @return whether the game is handed it
     */
    public boolean received(CommandTuple command) {
        return app.sessions().dataIn(this, command);
    }

    /** Something has become known of the client. */
    public <T> void learned(Fact<T> fact, T value, String source) {
        app.sessions().learned(this, fact, value, source);
    }

    /** The client has shown that it is there, though nobody typed. */
    public void alive() {
        app.sessions().alive(this);
    }

    /** What is to be learned of a client when it connects has been learned. */
    public void settled() {
        app.sessions().settled(this);
    }

    /** The client will send no more: what is under way is sent, then the session is over. */
    public void inputEnded() {
        reading.pause(Pause.ENDED, true); // a connection read on reports the end over and over
        finish("");
        wire.inputEnded();
    }

    /** The connection is gone. */
    public void closed() {
        stage = Stage.CLOSED;
        open.remove(this);
        queue.discard();
        dialect.closed();
        app.sessions().disconnect(this, "connection lost");
    }

    /**
     * Ends the session without words: the client speaks another protocol.
     *
     * @param protocol what it speaks, for the counters
     */
    public void rejectProtocol(String protocol) {
        app.meters().refused(protocol);
        end("not " + opening.protocolKey() + " but " + protocol, false);
    }

    /**
     * Something failed: a broken connection ends, and a fault of ours ends this session and no
     * other. Any thread may call.
     */
    public void failed(Throwable cause) {
        if (cause instanceof IOException) {
            wire.cut();
        } else if (wire.isClosing()) {
            log.debug("session {} had ended when it failed", this, cause);
        } else {
            log.error("session {} closed: internal error", this, cause);
            app.meters().refused("failure");
            mailbox.run(() -> finish(FAILURE));
        }
    }

    // What is known.

    /** Whether the session is over for the game. Any thread may call. */
    public boolean isOver() {
        return stage.isOver();
    }

    /** What is known of the client. Any thread may call. */
    public ClientFacts facts() {
        Registration known = registration;
        return known == null ? opening.facts() : known.facts();
    }

    /** How the client is shown a text with these options. */
    public RenderStyle style(OutputOptions options) {
        return style.of(facts(), options);
    }

    /** The session's number, for logs. */
    @Override
    public String toString() {
        Registration known = registration;
        return known == null ? "unopened" : Long.toString(known.id());
    }

    /** Does what is due by time alone. By the scheduler's thread. */
    void tick(long now) {
        if (!isDetached()) {
            dialect.tick(now);
            queue.review(now, wire.taken());
        }
    }

    // What the game says, on any thread.

    /** All in one task: what comes behind, the end too, must not come in between. */
    @Override
    public void dataOut(List<CommandTuple> commands) {
        long bytes = SendQueue.size(commands);
        if (!queue.reserve(bytes)) {
            return;
        }
        mailbox.run(
                () -> {
                    try {
                        if (!isOver()) {
                            dialect.send(commands);
                        }
                    } finally {
                        queue.release(bytes);
                    }
                });
    }

    @Override
    public void sendText(Output.Text text) {
        runUnlessOver(() -> dialect.sendText(text));
    }

    @Override
    public void sendPrompt(Output.Prompt prompt) {
        runUnlessOver(() -> dialect.sendPrompt(prompt));
    }

    @Override
    public void sendDefault(CommandTuple command) {
        runUnlessOver(() -> dialect.sendDefault(command));
    }

    @Override
    public void atLogin() {
        runUnlessOver(() -> dialect.atLogin());
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
        mailbox.run(() -> finish(reason));
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

    /** Shows the reason, sends what is unsent, and ends. */
    public void finish(String reason) {
        end(reason, true);
    }

    private void end(String reason, boolean withWords) {
        if (isOver()) {
            return;
        }
        stage = Stage.CLOSING; // first: if the words fail, it still ends
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

    /** No connection will report its end. */
    private void closeIfDetached() {
        if (isDetached()) {
            closed();
        }
    }

    private boolean isDetached() {
        return wire instanceof NoWire;
    }

    /** Ends a session to whose client nothing more can be sent. */
    private void cut(String limit) {
        if (stage == Stage.CLOSED || wire.isClosing()) {
            return;
        }
        log.info(
                "session {} closed: client not reading ({}), {} bytes unsent",
                this,
                limit,
                queue.unsent());
        app.meters().refused(limit);
        stage = Stage.CLOSING;
        queue.discard();
        app.sessions().disconnect(this, "does not read");
        wire.cut();
        closeIfDetached();
    }

    /** After each turn: what it has brought about is sent in one write. */
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

    /** What the queue of this session's output notices. */
    private final class QueueEvents implements SendQueue.Events {
        @Override
        public void writable(boolean writable) {
            reading.pause(Pause.BEHIND, !writable);
            app.sessions().writable(Conversation.this, writable);
        }

        @Override
        public void overflowed(String limit) {
            mailbox.run(() -> cut(limit));
        }

        @Override
        public void drained() {
            reading.discard();
            wire.endOutput();
        }
    }
}
