package lychgate.transport.telnet;

import lychgate.address.Addresses;
import lychgate.plugin.Mailbox;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.plugin.PortalSessionHandler.Registration;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.Meters;
import lychgate.session.Output;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;
import lychgate.session.PortalSession;
import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetEvent;
import lychgate.telnet.option.Inbound;
import lychgate.telnet.option.OptionContext;
import lychgate.telnet.option.Outbound;
import lychgate.text.RenderStyle;
import lychgate.text.Renderer;
import lychgate.transport.Reading;
import lychgate.transport.Reading.Pause;
import lychgate.transport.SendQueue;

import org.apache.mina.core.filterchain.IoFilter.NextFilter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLException;

/**
 * One telnet connection as a session: what comes out of the chain goes to the session handler, what
 * the game says goes into it. Methods of {@link PortalSession}, and {@link #writable}, may be
 * called by any thread; all others run on the mailbox.
 */
final class TelnetSession
        implements PortalSession, OptionContext, SendQueue.Events, TelnetCodecFilter.Reader {
    private static final Logger log = LoggerFactory.getLogger(TelnetSession.class);

    /** How long the last words may take to be sent before the connection is cut. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    /** Silence after which a compressed session gives back what it compresses with. */
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** How often the round trip is measured, where the connection is kept alive at all. */
    private static final long MEASURE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final IoSession io;
    private final String transport;
    private final PortalApplication app;
    private final Visitor visitor;
    private final Mailbox mailbox;
    private final Reading reading;
    private final SendQueue queue;
    private final Outbox outbox;
    private final String presence;
    private @Nullable NegotiationFilter negotiation;
    private @Nullable TelnetCodecFilter codec;
    private @Nullable NextFilter belowForTexts;
    private volatile @Nullable Registration registration;
    private int unanswered;
    private boolean closing;
    private boolean spoken;
    private boolean inputEnded;
    private boolean outputEnded;
    private final AtomicBoolean readingOn = new AtomicBoolean();
    private long measuredAt = System.nanoTime();

    /**
     * @param loop the thread that reads the connection
     */
    TelnetSession(
            IoSession io, String transport, Visitor visitor, Executor loop, PortalApplication app) {
        this.io = io;
        this.transport = transport;
        this.visitor = visitor;
        this.app = app;
        this.mailbox = new Mailbox(loop, this::failed);
        this.reading = new Reading(this::readOrNot, this::readOnIfAnyWaits);
        this.queue = new SendQueue(app.limits().unsentBytes(), app.memoryBudget(), this);
        this.outbox = new Outbox(queue);
        this.presence = "[" + app.gameName() + ": yes]";
        mailbox.whenDone(this::flush);
    }

    Mailbox mailbox() {
        return mailbox;
    }

    Outbox outbox() {
        return outbox;
    }

    Reading reading() {
        return reading;
    }

    void negotiation(NegotiationFilter filter) {
        negotiation = filter;
    }

    void codec(TelnetCodecFilter filter) {
        codec = filter;
    }

    /** Where texts enter the chain: at the last option that heeds them; null: at its end. */
    void textsGoTo(@Nullable NextFilter below) {
        belowForTexts = below;
    }

    /** What is known of the client. */
    ClientFacts facts() {
        Registration known = registration;
        return known == null ? ClientFacts.NONE : known.facts();
    }

    @Override
    public Map<String, List<String>> mssp() {
        return app.mssp();
    }

    @Override
    public boolean trusted() {
        return app.trustedProxies().stream()
                .anyMatch(network -> network.contains(visitor.address()));
    }

    @Override
    public Meters meters() {
        return app.meters();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /** What is said to someone who asks whether we are there. */
    String presence() {
        return presence;
    }

    /** The game sends a prompt, which answers a line; whether none is left that awaits another. */
    boolean answered() {
        unanswered = Math.max(0, unanswered - 1);
        return unanswered == 0;
    }

    /** Runs something later on the mailbox, unless the connection has ended by then. */
    void later(Duration delay, Runnable task) {
        app.scheduler()
                .after(
                        delay,
                        () ->
                                mailbox.run(
                                        () -> {
                                            if (!closing) {
                                                task.run();
                                            }
                                        }));
    }

    // What comes from the network, on the mailbox.

    void opened() {
        registration =
                app.sessions()
                        .connect(
                                this,
                                new Opening(
                                        transport,
                                        Addresses.text(visitor.address()),
                                        ClientFacts.NONE));
    }

    void received(Inbound message) {
        if (closing) {
            return;
        }
        switch (message) {
            case Inbound.Line(String text) when !spoken && StrayHttp.begins(text) -> {
                write(new TelnetEvent.Data(StrayHttp.answer(app.port("web"))));
                turnAway("http");
            }
            case Inbound.Line(String text) -> {
                spoken = true;
                if (app.sessions().dataIn(this, CommandTuple.text(text))) {
                    unanswered++;
                }
            }
            case Inbound.TooLong() -> app.sessions().lineTooLong(this);
            case Inbound.Oob(CommandTuple command) -> app.sessions().dataIn(this, command);
            case Inbound.Learned(ClientFacts.Known<?> known) -> learned(known);
            case Inbound.Leaves() -> finish("");
            case Inbound.Alive() -> app.sessions().alive(this);
            case Inbound.Settled() -> app.sessions().settled(this);
        }
    }

    /** The client will send no more: what is under way is sent, then it is over. */
    void inputClosed() {
        inputEnded = true;
        reading.pause(Pause.ENDED, true); // who reads on is told of the end again and again
        finish("");
        if (outputEnded) {
            io.closeNow();
        }
    }

    /** What the client speaks is not telnet: it ends, and nothing is said to it. */
    void turnAway(String protocol) {
        app.meters().refused(protocol);
        end("not telnet but " + protocol);
    }

    void closed() {
        closing = true;
        queue.forget();
        visitor.place().giveBack();
        app.sessions().disconnect(this, "connection lost");
    }

    /** A bug of ours ends this session and no other; a broken connection just ends. */
    void failed(Throwable cause) {
        if (cause instanceof IOException) {
            io.closeNow();
        } else if (!io.isClosing()) {
            log.error("{} is ended by a failure", this, cause);
            app.meters().refused("failure");
            mailbox.run(() -> finish("Something went wrong here. Please connect again."));
        }
    }

    // What the codec asks, on the mailbox.

    @Override
    public boolean reads() {
        return reading.deals() && !closing;
    }

    @Override
    public void unfinished(boolean now) {
        reading.pause(Pause.UNFINISHED, now);
    }

    @Override
    public void readOnSoon() {
        TelnetCodecFilter stream = codec;
        if (stream != null && !readingOn.getAndSet(true)) {
            mailbox.inputLater(
                    () -> {
                        readingOn.set(false);
                        stream.readOn();
                    });
        }
    }

    @Override
    public void rest(Duration time) {
        reading.pause(Pause.RESTING, true);
        later(time, () -> reading.pause(Pause.RESTING, false));
    }

    @Override
    public void holds(long bytes) {
        queue.holds(bytes);
    }

    /** The client writes what nobody can read: a compressed stream that is none, or a bomb. */
    @Override
    public void unreadable(String kind) {
        log.info("{} is ended: what it sends cannot be read ({})", this, kind);
        finish("What your client sends compressed cannot be read. Please connect again.");
    }

    /** What time alone brings about. Called every second, by the scheduler's thread. */
    void tick(long now, int nopSeconds) {
        if (registration == null) {
            return; // nothing may be sent yet
        }
        NegotiationFilter waiting = negotiation;
        if (waiting != null && waiting.waiting()) {
            mailbox.run(waiting::expire);
        }
        TelnetCodecFilter stream = codec;
        if (stream != null && stream.compressing() && now - outbox.silentSince() >= REST_NANOS) {
            mailbox.run(stream::rest);
        }
        queue.review(now, io.getWrittenBytes());
        if (nopSeconds > 0 && queue.unsent() == 0 && facts().get(Fact.NOPKEEPALIVE, true)) {
            keepAlive(now, TimeUnit.SECONDS.toNanos(nopSeconds));
        }
    }

    /** A question about the round trip that is due does as well as a NOP, where it is answered. */
    private void keepAlive(long now, long nopNanos) {
        if (now - measuredAt >= MEASURE_NANOS) {
            measuredAt = now;
            mailbox.run(() -> write(new Outbound.Measure()));
        } else if (now - outbox.silentSince() >= nopNanos) {
            mailbox.run(() -> write(new TelnetEvent.Command(Telnet.NOP)));
        }
    }

    // What comes from the game, on any thread.

    @Override
    public void dataOut(List<CommandTuple> commands) {
        long bytes = SendQueue.size(commands);
        if (!queue.handedOver(bytes)) {
            return;
        }
        mailbox.run(
                () -> { // all in one task: nothing may come in between
                    try {
                        commands.forEach(this::send);
                    } finally {
                        queue.arrived(bytes);
                    }
                });
    }

    @Override
    public void sendText(Output.Text text) {
        mailbox.run(() -> send(text));
    }

    @Override
    public void sendPrompt(Output.Prompt prompt) {
        mailbox.run(() -> send(prompt));
    }

    @Override
    public void sendDefault(CommandTuple command) {
        mailbox.run(() -> send(command));
    }

    @Override
    public void atLogin() {
        mailbox.run(() -> write(new Outbound.LoggedIn()));
    }

    @Override
    public void atReload() {
        mailbox.run(() -> write(new Outbound.Reloaded()));
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

    // What the queue of its output notices.

    @Override
    public void writable(boolean writable) {
        reading.pause(Pause.BEHIND, !writable);
        app.sessions().writable(this, writable);
    }

    @Override
    public void overflown(String limit) {
        mailbox.run(() -> cut(limit));
    }

    @Override
    public void drained() {
        if (io.getFilterChain().get("tls") instanceof TlsFilter tls) {
            try {
                tls.sayGoodbye(io, () -> mailbox.run(this::endOutput));
            } catch (SSLException e) {
                io.closeNow(); // it was broken already
            }
        } else {
            endOutput();
        }
    }

    private void endOutput() {
        Dismissal.halfClose(io);
        outputEnded = true;
        if (inputEnded) {
            io.closeNow();
        } else {
            reading.discard();
            app.scheduler().after(Dismissal.LINGER, io::closeNow);
        }
    }

    /** The session's number, for logs. */
    @Override
    public String toString() {
        Registration known = registration;
        return known == null ? "unopened" : Long.toString(known.id());
    }

    private <T> void learned(ClientFacts.Known<T> known) {
        app.sessions().learned(this, known.fact(), known.value(), known.source());
    }

    private void send(CommandTuple command) {
        send(Output.of(command));
    }

    private void send(Output output) {
        switch (output) {
            case Output.Text(String markup, OutputOptions options) ->
                    show(new Outbound.Text(markup, options), options);
            case Output.Prompt(String markup, OutputOptions options) ->
                    show(new Outbound.Prompt(markup, options, false), options);
            case Output.Oob(CommandTuple command) -> write(new Outbound.Oob(command));
        }
    }

    /** Shows something; first of all, whether what is typed next is to be seen. */
    private void show(Outbound message, OutputOptions options) {
        Boolean echo = options.get(OutputOption.ECHO);
        if (echo != null) {
            write(new Outbound.Echo(echo));
        }
        Boolean unmarked = unmarked(message);
        if (unmarked == null) {
            write(message);
            return;
        }
        write(message instanceof Outbound.Prompt prompt ? prompt.withMark() : message);
        if (!unmarked) {
            write(new Outbound.GoAhead());
        }
    }

    /** Whether the end of it gets no mark, where the game or the player has a say in that. */
    private @Nullable Boolean unmarked(Outbound message) {
        ClientFacts facts = facts();
        Boolean lines = facts.get(Fact.NOGOAHEAD);
        if (message instanceof Outbound.Prompt) {
            Boolean prompts = facts.get(Fact.NOPROMPTGOAHEAD);
            return prompts == null ? lines : prompts;
        }
        return lines;
    }

    private void write(Object message) {
        if (closing) {
            return;
        }
        NextFilter below = message instanceof Outbound.Text ? belowForTexts : null;
        if (below == null) {
            io.getFilterChain().fireFilterWrite(new DefaultWriteRequest(message));
        } else {
            below.filterWrite(io, new DefaultWriteRequest(message));
        }
    }

    /** Sends what has been written since the last time. */
    private void flush() {
        if (codec != null) {
            codec.flush();
        }
        outbox.flush();
    }

    private void finish(String reason) {
        if (closing) {
            return;
        }
        if (!reason.isEmpty()) {
            write(new Outbound.Text(reason, OutputOptions.NONE));
        }
        write(new Outbound.Goodbye(Renderer.render(reason, RenderStyle.PLAIN)));
        end(reason);
    }

    private void end(String reason) {
        if (closing) {
            return;
        }
        closing = true;
        app.sessions().disconnect(this, reason);
        app.scheduler().after(FAREWELL, io::closeNow);
        if (codec != null) {
            codec.endOfInput();
            codec.endCompression();
        }
        outbox.close();
    }

    /** Ends a connection to which nothing more can be said. */
    private void cut(String limit) {
        if (io.isClosing()) {
            return;
        }
        log.info(
                "{} closed: client not reading ({}), {} bytes unsent", this, limit, queue.unsent());
        app.meters().refused(limit);
        closing = true;
        queue.forget();
        app.sessions().disconnect(this, "does not read");
        io.closeNow();
    }

    private void readOrNot(boolean read) {
        if (read) {
            io.resumeRead();
        } else {
            io.suspendRead();
        }
    }

    private void readOnIfAnyWaits() {
        if (codec != null && codec.waits()) {
            readOnSoon();
        }
    }
}
