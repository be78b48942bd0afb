package lychgate.transport.ssh;

import lychgate.address.Addresses;
import lychgate.plugin.Limits;
import lychgate.plugin.Mailbox;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.plugin.PortalSessionHandler.Registration;
import lychgate.session.CharacterSetNames;
import lychgate.session.Claim;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.Meters.Direction;
import lychgate.session.Output;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;
import lychgate.session.PortalSession;
import lychgate.session.Values;
import lychgate.terminal.CharacterDecoder;
import lychgate.terminal.Dialogue;
import lychgate.terminal.LineEditor;
import lychgate.terminal.PlainDialogue;
import lychgate.text.RenderStyle;
import lychgate.text.Renderer;
import lychgate.transport.Reading;
import lychgate.transport.Reading.Pause;
import lychgate.transport.SendQueue;

import org.apache.sshd.common.io.IoOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One shell as a session. Methods of {@link PortalSession}, and those that SSHD's threads call, may
 * be called by any thread; what they bring about happens on the mailbox.
 */
final class ShellSession implements PortalSession, Dialogue.Typist, SendQueue.Events {
    private static final Logger log = LoggerFactory.getLogger(ShellSession.class);

    /** How long the last words may take to be sent before the connection is cut. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    /** Silence after which a client that sends no more has all its answers: hashing takes long. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    /** Bytes of input that are dealt with before output and limits get their turn. */
    private static final int PORTION = 1024;

    /** UTF-16 chars that a character may have. */
    private static final long MAX_CHARS_A_CHARACTER = 2;

    private static final String COMMANDS = "commands";
    private static final String PROTOCOL = "ssh";

    private final ShellChannel channel;
    private final Connection connection;
    private final Authentication.Entrance entrance;
    private final Runnable exit;
    private final PortalApplication app;
    private final Client client;
    private Charset charset;
    private CharacterDecoder decoder;
    private final Dialogue dialogue;
    private final Limits limits;
    private final Mailbox mailbox;
    private final Reading reading = new Reading(_ -> {}, this::readOnSoon);
    private final SendQueue queue;
    private final ShellOutput output;
    private final AtomicBoolean readingOn = new AtomicBoolean();
    private final AtomicReference<@Nullable Size> resized = new AtomicReference<>();
    private final Deque<byte[]> input = new ArrayDeque<>(2);
    private volatile @Nullable Registration registration;
    private ClientFacts styledFor = ClientFacts.NONE;
    private RenderStyle style = RenderStyle.PLAIN;
    private boolean said;
    private long shown;
    private boolean closing;
    private boolean inputEnded;
    private int inputBytes;

    /** What the client says last of its window. */
    private record Size(int columns, int rows) {}

    /**
     * @param threads those that read the connection
     * @param exit ends the channel, with success
     */
    ShellSession(
            ShellChannel channel,
            Connection connection,
            Authentication.Entrance entrance,
            IoOutputStream stream,
            Runnable exit,
            Executor threads,
            PortalApplication app) {
        this.channel = channel;
        this.connection = connection;
        this.entrance = entrance;
        this.exit = exit;
        this.app = app;
        this.client = Client.of(channel);
        this.charset = client.charset();
        this.decoder = new CharacterDecoder(charset);
        this.limits = app.limits();
        int maxChars = (int) Math.min(Integer.MAX_VALUE, limits.maxLine() * MAX_CHARS_A_CHARACTER);
        this.dialogue =
                client.editing()
                        ? new LineEditor(this, maxChars, client.columns(), client.rows())
                        : new PlainDialogue(this, maxChars, client.terminal());
        this.mailbox = new Mailbox(threads, this::failed);
        this.queue = new SendQueue(app.limits().unsentBytes(), app.memoryBudget(), this);
        this.output =
                new ShellOutput(
                        stream,
                        () -> channel.getRemoteWindow().getSize(),
                        queue,
                        mailbox,
                        this::broken);
        mailbox.whenDone(this::send);
    }

    // What SSHD tells, on one of the threads that read.

    void open() {
        mailbox.run(this::opened);
    }

    void received(byte[] bytes) {
        app.meters().bytes(Direction.IN, bytes.length);
        mailbox.input(() -> keep(bytes));
    }

    /** Bytes that come one by one are joined: each by itself would weigh many times as much. */
    private void keep(byte[] bytes) {
        if (closing) {
            return;
        }
        byte[] last = input.peekLast();
        boolean begins = last == null;
        if (last != null && last.length + bytes.length <= PORTION) {
            input.removeLast();
            byte[] joined = Arrays.copyOf(last, last.length + bytes.length);
            System.arraycopy(bytes, 0, joined, last.length, bytes.length);
            input.add(joined);
        } else {
            input.add(bytes);
        }
        holds(inputBytes + bytes.length);
        if (begins) {
            read();
        }
    }

    /** So much has come and has not been dealt with. */
    private void holds(int bytes) {
        inputBytes = bytes;
        queue.holds(bytes);
    }

    /** No window bounds how many of these come: of those that wait the last one counts. */
    void resized(int columns, int rows) {
        Size size = new Size(Client.columns(columns), Client.rows(rows));
        if (resized.getAndSet(size) == null) {
            mailbox.input(this::resize);
        }
    }

    private void resize() {
        Size size = resized.getAndSet(null);
        if (size != null) {
            dialogue.resize(size.columns, size.rows);
            app.sessions().learned(this, Fact.WIDTH, size.columns, Client.PTY);
            app.sessions().learned(this, Fact.HEIGHT, size.rows, Client.PTY);
        }
    }

    /**
     * The client will send no more: what it has sent is answered, then it is over. Told at the end
     * of every channel, on whatever thread ends it.
     */
    void inputEnded() {
        mailbox.run(
                () -> {
                    if (!closing) {
                        inputEnded = true;
                        readOnSoon();
                        awaitAnswers();
                    }
                });
    }

    /** The channel is gone. */
    void closed() {
        mailbox.run(
                () -> {
                    closing = true;
                    input.clear();
                    queue.forget();
                    connection.closed(this);
                    app.sessions().disconnect(this, "connection lost");
                });
    }

    /** What time alone brings about. Called every second, by the scheduler's thread. */
    void tick(long now) {
        queue.review(now, output.taken());
    }

    // What the person does, on the mailbox.

    @Override
    public void entered(String line) {
        if (line.indexOf('\ufffd') >= 0) {
            app.meters().malformed("charset");
        }
        if (limits.isTooLong(line)) {
            enteredTooMuch();
        } else {
            app.sessions().dataIn(this, CommandTuple.text(line));
        }
    }

    @Override
    public void enteredTooMuch() {
        app.sessions().lineTooLong(this);
    }

    @Override
    public void leaves() {
        mailbox.run(() -> finish(""));
    }

    // What comes from the game, on any thread.

    /** All in one task: what comes behind them, the end too, must not overtake them. */
    @Override
    public void dataOut(List<CommandTuple> commands) {
        long bytes = SendQueue.size(commands);
        if (!queue.handedOver(bytes)) {
            return;
        }
        mailbox.run(
                () -> {
                    shown += bytes; // they count until what they become is in the queue
                    commands.forEach(this::take);
                });
    }

    @Override
    public void sendText(Output.Text text) {
        mailbox.run(() -> show(text));
    }

    @Override
    public void sendPrompt(Output.Prompt prompt) {
        mailbox.run(() -> show(prompt));
    }

    @Override
    public void sendDefault(CommandTuple command) {
        mailbox.run(() -> takeOob(command));
    }

    /** Before, what is entered may be a password behind a command. */
    @Override
    public void atLogin() {
        mailbox.run(() -> dialogue.remembering(true));
    }

    @Override
    public void factsChanged(ClientFacts facts) {
        mailbox.run(() -> adopt(facts));
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
        exit.run();
    }

    private void broken() {
        connection.cut();
    }

    private void readOnSoon() {
        if (!readingOn.getAndSet(true)) {
            mailbox.inputLater(
                    () -> {
                        readingOn.set(false);
                        read();
                    });
        }
    }

    /** The session's number, for logs. */
    @Override
    public String toString() {
        Registration known = registration;
        return known == null ? "unopened" : Long.toString(known.id());
    }

    private void opened() {
        connection.opened(this);
        registration =
                app.sessions()
                        .connect(
                                this,
                                new Opening(
                                        PROTOCOL,
                                        Addresses.text(connection.address()),
                                        client.facts(),
                                        entrance.claim()));
        Claim claim = entrance.claim();
        log.info(
                "{} says it is {}{}, {}",
                this,
                claim == null ? "nobody" : claim.account(),
                claim != null && claim.proven() ? "" : " (not proven)",
                entrance.means());
        app.sessions().settled(this);
    }

    /**
     * Deals with some of the input, unless the game or the client is behind; with more when what
     * that has brought about is done. What is not read stays with the client.
     */
    private void read() {
        if (!reading.deals() || closing) {
            return;
        }
        byte[] bytes = input.poll();
        if (bytes == null) {
            if (inputEnded) {
                dialogue.ended();
            }
            return;
        }
        if (bytes.length > PORTION) {
            input.addFirst(Arrays.copyOfRange(bytes, PORTION, bytes.length));
            bytes = Arrays.copyOf(bytes, PORTION);
        }
        holds(inputBytes - bytes.length);
        dialogue.typed(decoder.decode(bytes));
        release(bytes.length);
        if (!input.isEmpty() || inputEnded) {
            readOnSoon();
        }
    }

    /** Lets the client send as much again. */
    private void release(int bytes) {
        try {
            channel.getLocalWindow().release(bytes);
        } catch (IOException e) {
            broken();
        }
    }

    /** Ends the session when nothing more is said to it. */
    private void awaitAnswers() {
        said = !input.isEmpty();
        app.scheduler()
                .after(
                        LAST_ANSWERS,
                        () ->
                                mailbox.run(
                                        () -> {
                                            if (said && !closing) {
                                                awaitAnswers();
                                            } else {
                                                finish("");
                                            }
                                        }));
    }

    private void take(CommandTuple command) {
        switch (Output.of(command)) {
            case Output.Text text -> show(text);
            case Output.Prompt prompt -> show(prompt);
            case Output.Oob(CommandTuple oob) -> takeOob(oob);
        }
    }

    private void show(Output.Text text) {
        if (!closing) {
            hide(text.options());
            dialogue.show(render(text.markup(), text.options()));
            app.meters().line(Direction.OUT);
        }
    }

    private void show(Output.Prompt prompt) {
        if (!closing) {
            hide(prompt.options());
            dialogue.prompt(render(prompt.markup(), prompt.options()));
        }
    }

    /** The game, or the player by it, has the last word on the character set. */
    private void adopt(ClientFacts facts) {
        String name = facts.get(Fact.CHARSET);
        Charset said = name == null ? null : CharacterSetNames.named(name);
        if (said != null && !said.equals(charset)) {
            send(); // what was said before is in the old one
            charset = said;
            decoder = new CharacterDecoder(said);
        }
    }

    /** The line editor takes the words that can be completed; all else has no place in a shell. */
    private void takeOob(CommandTuple command) {
        if (command.is(COMMANDS)) {
            dialogue.completes(command.args().stream().map(Values::text).toList());
        } else {
            app.meters().oobDropped();
        }
    }

    private void hide(OutputOptions options) {
        Boolean echo = options.get(OutputOption.ECHO);
        if (echo != null) {
            dialogue.hidden(!echo);
        }
    }

    @SuppressWarnings("ReferenceEquality") // facts are immutable: the same object is no news
    private String render(String markup, OutputOptions options) {
        Registration known = registration;
        ClientFacts facts = known == null ? client.facts() : known.facts();
        if (facts != styledFor) {
            styledFor = facts;
            style = RenderStyle.of(facts, OutputOptions.NONE);
        }
        return Renderer.render(
                markup, options.said().isEmpty() ? style : RenderStyle.of(facts, options));
    }

    /** At the end of each turn: what the dialogue has to say goes out. */
    private void send() {
        byte[] bytes = dialogue.take().getBytes(charset);
        said |= bytes.length > 0;
        app.meters().bytes(Direction.OUT, bytes.length);
        queue.add(bytes);
        queue.arrived(shown);
        shown = 0;
        output.flush();
    }

    private void finish(String reason) {
        if (closing) {
            return;
        }
        dialogue.end();
        if (!reason.isEmpty()) {
            dialogue.show(render(reason, OutputOptions.NONE));
        }
        send();
        closing = true;
        app.sessions().disconnect(this, reason);
        app.scheduler().after(FAREWELL, () -> channel.close(true));
        output.close();
    }

    /** Ends a connection to which nothing more can be said. */
    private void cut(String limit) {
        if (channel.isClosing() || channel.isClosed()) {
            return;
        }
        log.info(
                "{} closed: client not reading ({}), {} bytes unsent", this, limit, queue.unsent());
        app.meters().refused(limit);
        closing = true;
        input.clear();
        queue.forget();
        app.sessions().disconnect(this, "does not read");
        connection.cut();
    }

    /** A bug of ours ends this session and no other; a connection that breaks just ends. */
    private void failed(Throwable cause) {
        if (channel.isClosing() || channel.isClosed()) {
            log.debug("{} has ended", this, cause);
            return;
        }
        log.error("{} is ended by a failure", this, cause);
        app.meters().refused("failure");
        mailbox.run(() -> finish("Something went wrong here. Please connect again."));
    }
}
