package lychgate.transport.web.session;

import lychgate.oob.GmcpCore;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.Feature;
import lychgate.session.Meters.Direction;
import lychgate.session.Output;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;
import lychgate.text.RenderStyle;
import lychgate.text.Renderer;
import lychgate.transport.Conversation;
import lychgate.transport.Dialect;
import lychgate.transport.Reading.Pause;
import lychgate.transport.web.format.Format;
import lychgate.transport.web.format.Format.OutOfBand;
import lychgate.transport.web.format.Frames;
import lychgate.transport.web.format.Message;
import lychgate.transport.web.format.Numbers;
import lychgate.transport.web.format.Received;
import lychgate.transport.web.format.SessionMessage;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A conversation in messages of one {@link Format}. Stays with its session when a client returns.
 */
public final class FormatDialect implements Dialect {
    /** Lines of one message that are processed before other sessions get their turn. */
    private static final int PORTION = 16;

    private static final String SOURCE = "web";

    private final Conversation conversation;
    private final SharedTexts texts;
    private final Resumables resumables;
    private final WebWire first;
    private final Reception reception;
    private final Inbox inbox = new Inbox();
    private final GmcpCore core = new GmcpCore();
    private final MessageTap tap;
    private Format format;
    private volatile @Nullable Resumable resumable;
    private boolean waitsForInbox; // a connection that is not read yet
    private boolean hidden;
    private boolean hidingIsUnsaid;

    /**
     * @param texts shared by all connections
     * @param wire the connection over which the client has come
     */
    public FormatDialect(
            Format format,
            Conversation conversation,
            SharedTexts texts,
            Resumables resumables,
            WebWire wire) {
        this.format = format;
        this.conversation = conversation;
        this.texts = texts;
        this.resumables = resumables;
        this.tap = new MessageTap(conversation.tap());
        this.first = wire;
        this.reception = new Reception(conversation, this, resumables, wire);
    }

    /** The session. */
    public Conversation conversation() {
        return conversation;
    }

    // From the connection.

    /** The connection is open. */
    public void begin() {
        conversation.attach(first, this);
        reception.begin(format.numbered() != null);
    }

    /**
     * Takes a message.
     *
     * @param done run once all of it has been processed
     */
    public void received(Message message, Runnable done) {
        inbox.take(format.read(message), done);
        processInput();
        if (inbox.isBusy()) {
            conversation.bufferedInput(inbox.weight());
        }
    }

    /** A connection of this session has ended. */
    public void lost(WebWire wire) {
        Resumable kept = resumable;
        if (kept != null && outlivesConnection()) {
            kept.lost(wire);
        } else {
            conversation.closed();
        }
    }

    /** The client ends a connection of this session, perhaps to come back over another one. */
    public void clientCloses(WebWire wire) {
        Resumable kept = resumable;
        if (kept != null && outlivesConnection()) {
            kept.lost(wire);
            wire.letGo(CloseCodes.OVER);
        } else {
            conversation.inputEnded();
        }
    }

    /** A new connection is not read before the message of the one before is done. */
    void readOnceDone() {
        waitsForInbox = inbox.isBusy();
        conversation.pause(Pause.UNFINISHED, waitsForInbox);
    }

    // Input from the client.

    @Override
    public boolean hasPendingInput() {
        return inbox.isBusy();
    }

    @Override
    public void processInput() {
        for (int n = 0; n < PORTION && mayDeal(); n++) {
            Received next = inbox.next();
            if (next != null) {
                deal(next);
            }
        }
        if (inbox.isEmpty() && !reception.isDeciding()) {
            done();
        } else if (mayDeal()) {
            conversation.processInputLater();
        }
    }

    private boolean mayDeal() {
        return !inbox.isEmpty() && !reception.isDeciding() && conversation.mayProcessInput();
    }

    private void done() {
        conversation.bufferedInput(0);
        if (waitsForInbox) {
            waitsForInbox = false;
            conversation.pause(Pause.UNFINISHED, false);
        }
        inbox.finish();
    }

    private void deal(Received received) {
        tap.received(received);
        try {
            dealWith(received);
        } finally {
            tap.dealt();
        }
    }

    private void dealWith(Received received) {
        switch (received) {
            case Received.Session(SessionMessage message) -> deal(message);
            case Received.Numbered(long number) -> {
                Resumable kept = resumable;
                if (kept != null && !kept.isNew(number)) {
                    inbox.drop();
                }
            }
            default -> {
                reception.hear();
                dealInSession(received);
            }
        }
    }

    private void deal(SessionMessage message) {
        switch (message) {
            case SessionMessage.Asks() -> {
                makeResumable();
                reception.hear();
            }
            case SessionMessage.Acknowledges(long shown) -> {
                Resumable kept = resumable;
                if (kept != null) {
                    kept.acknowledged(shown);
                } else {
                    conversation.meters().malformed("session");
                }
            }
            case SessionMessage.Pings(long number) -> answer(number);
            case SessionMessage.Returns claim -> reception.comesBack(claim);
        }
    }

    private void answer(long ping) {
        Resumable kept = resumable;
        tell(
                CommandTuple.of(SessionMessage.NAME)
                        .kwarg("pong", ping)
                        .kwarg("cseq", kept == null ? 0 : kept.taken()));
    }

    private void dealInSession(Received received) {
        switch (received) {
            case Received.Line(String text) -> conversation.entered(text);
            case Received.Command(CommandTuple command) when format.outOfBand() == OutOfBand.GMCP ->
                    core.received(command, new Gmcp());
            case Received.Command(CommandTuple command) -> conversation.received(command);
            case Received.Size(int columns, int rows) -> {
                conversation.learned(Fact.WIDTH, columns, SOURCE);
                conversation.learned(Fact.HEIGHT, rows, SOURCE);
            }
            case Received.Leaves() -> conversation.finish("");
            case Received.Malformed(String kind) -> conversation.meters().malformed(kind);
            case Received.Session _, Received.Numbered _ ->
                    throw new IllegalStateException("that is not for the session");
        }
    }

    // Coming back.

    /** The session that the client wanted back is not there: it gets a new one. */
    void beginsAnew() {
        tell(CommandTuple.of(SessionMessage.NAME).kwarg("expired", true));
        makeResumable();
    }

    private void makeResumable() {
        Format numbered = format.numbered();
        if (numbered == null || !resumables.areOn()) {
            tell(CommandTuple.of(SessionMessage.NAME).kwarg("window", 0));
            return;
        }
        Resumable kept = resumable;
        if (kept == null) {
            format = numbered;
            kept = new Resumable(resumables, conversation, this, first);
            resumable = kept;
        }
        kept.begin();
    }

    @Override
    public List<Feature> features() {
        return WebFeatures.of(format, resumables.areOn(), resumable != null);
    }

    @Override
    public boolean traces() {
        return true;
    }

    @Override
    public boolean outlivesConnection() {
        return resumable != null && !conversation.isOver();
    }

    @Override
    public void connectionGivenUp() {
        Resumable kept = resumable;
        if (kept != null) {
            kept.givenUp();
        }
    }

    /** Whether what is typed now must not be seen. */
    boolean isHidden() {
        return hidden;
    }

    // Output from the game.

    /** Texts and prompts keep their keywords, e.g. the channel that a text comes from. */
    @Override
    public void send(List<CommandTuple> commands) {
        for (CommandTuple command : commands) {
            switch (Output.of(command)) {
                case Output.Text text -> text(command, text.options());
                case Output.Prompt prompt -> prompt(command, prompt.options());
                case Output.Oob(CommandTuple oob) -> sendDefault(oob);
            }
        }
    }

    @Override
    public void sendText(Output.Text text) {
        text(CommandTuple.text(text.markup()), text.options());
    }

    @Override
    public void sendPrompt(Output.Prompt prompt) {
        prompt(CommandTuple.of(CommandTuple.PROMPT, prompt.markup()), prompt.options());
    }

    @Override
    public void sendDefault(CommandTuple command) {
        put(new Shown.Oob(command));
    }

    private void text(CommandTuple command, OutputOptions options) {
        hide(options);
        put(new Shown.Text(command, options));
        conversation.meters().line(Direction.OUT);
    }

    private void prompt(CommandTuple command, OutputOptions options) {
        hide(options);
        hidingIsUnsaid = false;
        put(new Shown.Prompt(command, options, hidden));
    }

    private void hide(OutputOptions options) {
        Boolean echo = options.get(OutputOption.ECHO);
        if (echo != null && hidden == echo) {
            hidden = !echo;
            hidingIsUnsaid = format.hidesInput();
        }
    }

    /** If a text alone has switched the hiding of input, a prompt tells the client so. */
    @Override
    public void flush() {
        if (hidingIsUnsaid) {
            hidingIsUnsaid = false;
            put(
                    new Shown.Prompt(
                            CommandTuple.of(CommandTuple.PROMPT, ""), OutputOptions.NONE, hidden));
        }
    }

    @Override
    public void farewell(String reason) {
        if (!reason.isEmpty()) {
            text(CommandTuple.text(reason), OutputOptions.NONE);
            if (format.outOfBand() == OutOfBand.GMCP) {
                sendDefault(CommandTuple.of("goodbye", Renderer.render(reason, RenderStyle.PLAIN)));
            }
        }
    }

    private void put(Shown output) {
        Resumable kept = resumable;
        if (kept == null) {
            List<byte[]> frames = frames(output);
            tap.sent(output, frames);
            frames.forEach(conversation::send);
            return;
        }
        long number = kept.keep(output);
        if (kept.isHere()) {
            show(number, output);
        }
    }

    /** Sends an output with its number. */
    void show(long number, Shown output) {
        List<byte[]> frames = frames(output);
        if (!frames.isEmpty()) {
            tap.sent(output, frames);
            Numbers.put(number, frames).forEach(conversation::send);
        }
    }

    /** Tells the client something about its session, which has no number. */
    void tell(CommandTuple command) {
        tap.told(command);
        frames(new Shown.Oob(command)).forEach(conversation::send);
    }

    private List<byte[]> frames(Shown output) {
        return switch (output) {
            case Shown.Text(CommandTuple command, OutputOptions options) ->
                    texts.frames(format, command, conversation.style(options));
            case Shown.Prompt(CommandTuple command, OutputOptions options, boolean unseen) ->
                    Frames.of(format.prompt(command, conversation.style(options), unseen));
            case Shown.Oob(CommandTuple command) -> {
                Message message = format.command(command);
                if (message == null) {
                    conversation.meters().oobDropped();
                    yield List.of();
                }
                yield Frames.of(message);
            }
        };
    }

    // The end.

    /** Unprocessed input is dropped. */
    @Override
    public void endOutput() {
        done();
    }

    @Override
    public void closed() {
        inbox.finish();
        Resumable kept = resumable;
        if (kept != null) {
            kept.ended();
        }
    }

    /** Carries out what GMCP's package Core asks for. */
    private final class Gmcp implements GmcpCore.Client {
        @Override
        public void answer(CommandTuple command) {
            sendDefault(command);
        }

        @Override
        public void deliver(CommandTuple command) {
            conversation.received(command);
        }

        @Override
        public <T> void learned(Fact<T> fact, T value, String source) {
            conversation.learned(fact, value, source);
        }

        @Override
        public void alive() {
            conversation.alive();
        }

        @Override
        public void malformed(String kind) {
            conversation.meters().malformed(kind);
        }
    }
}
