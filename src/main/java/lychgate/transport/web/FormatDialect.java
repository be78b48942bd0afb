package lychgate.transport.web;

import lychgate.oob.GmcpCore;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.Meters.Direction;
import lychgate.session.Output;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;
import lychgate.text.RenderStyle;
import lychgate.text.Renderer;
import lychgate.transport.Conversation;
import lychgate.transport.web.ajax.MessageDialect;
import lychgate.transport.web.format.Format;
import lychgate.transport.web.format.Format.OutOfBand;
import lychgate.transport.web.format.Frames;
import lychgate.transport.web.format.Message;
import lychgate.transport.web.format.Received;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** A conversation in messages of one {@link Format}. */
final class FormatDialect implements MessageDialect {
    /** Lines of one message that are processed before other sessions get their turn. */
    private static final int PORTION = 16;

    private static final String SOURCE = "web";

    private final Format format;
    private final Conversation conversation;
    private final SharedTexts texts;
    private final Queue<Received> waiting = new ArrayDeque<>();
    private final GmcpCore core = new GmcpCore();
    private Runnable dealtWith = () -> {};
    private volatile boolean waits;
    private boolean hidden;
    private boolean hidingIsUnsaid;

    /**
     * @param texts shared by all connections
     */
    FormatDialect(Format format, Conversation conversation, SharedTexts texts) {
        this.format = format;
        this.conversation = conversation;
        this.texts = texts;
    }

    // Input from the client.

    @Override
    public void received(Message message, Runnable done) {
        List<Received> said = format.read(message);
        waiting.addAll(said);
        conversation.bufferedInput(said.stream().mapToLong(Received::weight).sum());
        dealtWith = done;
        waits = true;
        processInput();
    }

    @Override
    public boolean hasPendingInput() {
        return waits;
    }

    @Override
    public void processInput() {
        for (int n = 0; n < PORTION && !waiting.isEmpty() && conversation.mayProcessInput(); n++) {
            deal(waiting.remove());
        }
        if (waiting.isEmpty()) {
            done();
        } else if (conversation.mayProcessInput()) {
            conversation.processInputLater();
        }
    }

    private void done() {
        waiting.clear();
        if (waits) {
            waits = false;
            dealtWith.run();
        }
    }

    private void deal(Received received) {
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
        }
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
        Message message = format.command(command);
        if (message == null) {
            conversation.meters().oobDropped();
        } else {
            send(message);
        }
    }

    private void text(CommandTuple command, OutputOptions options) {
        hide(options);
        texts.frames(format, command, conversation.style(options)).forEach(conversation::send);
        conversation.meters().line(Direction.OUT);
    }

    private void prompt(CommandTuple command, OutputOptions options) {
        hide(options);
        hidingIsUnsaid = false;
        send(format.prompt(command, conversation.style(options), hidden));
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
            send(
                    format.prompt(
                            CommandTuple.of(CommandTuple.PROMPT, ""),
                            conversation.style(OutputOptions.NONE),
                            hidden));
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

    /** Unprocessed input is dropped. */
    @Override
    public void endOutput() {
        done();
    }

    private void send(Message message) {
        Frames.of(message).forEach(conversation::send);
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
