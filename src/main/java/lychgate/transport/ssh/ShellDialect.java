package lychgate.transport.ssh;

import lychgate.session.CharacterSetNames;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.Meters.Direction;
import lychgate.session.Output;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;
import lychgate.session.Values;
import lychgate.terminal.LineHandler;
import lychgate.transport.Conversation;
import lychgate.transport.Dialect;
import lychgate.transport.TerminalTyping;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a shell says and hears: a player's typing, with an editor of ours or without one. {@link
 * #received}, {@link #resized}, {@link #inputEnded} and {@link #gone} are called by SSHD's threads.
 */
final class ShellDialect implements Dialect, LineHandler {
    /** Silence after which a client that sends no more has all its answers: hashing takes long. */
    private static final Duration EOF_GRACE = Duration.ofSeconds(1);

    private static final String COMMANDS = "commands";

    private final ShellChannel channel;
    private final Connection connection;
    private final Conversation conversation;
    private final TerminalTyping typing;
    private final ShellInput input = new ShellInput();
    private final AtomicReference<@Nullable Size> resized = new AtomicReference<>();
    private boolean quiet;
    private boolean inputEnded;

    /** What the client says last of its window. */
    private record Size(int columns, int rows) {}

    /**
     * @param maxLine characters that a line may have
     */
    ShellDialect(
            ShellChannel channel,
            Connection connection,
            Client client,
            Conversation conversation,
            int maxLine) {
        this.channel = channel;
        this.connection = connection;
        this.conversation = conversation;
        this.typing =
                client.editing()
                        ? TerminalTyping.edited(
                                this, this::send, maxLine, client.columns(), client.rows())
                        : TerminalTyping.plain(this, this::send, maxLine, client.terminal());
        typing.use(client.charset());
    }

    // What SSHD tells, on one of the threads that read.

    void received(byte[] bytes) {
        conversation.meters().bytes(Direction.IN, bytes.length);
        conversation.mailbox().input(() -> keep(bytes));
    }

    /** No window bounds how many of these come: of those that wait the last one counts. */
    void resized(int columns, int rows) {
        Size size = new Size(Client.columns(columns), Client.rows(rows));
        if (resized.getAndSet(size) == null) {
            conversation.mailbox().input(this::resize);
        }
    }

    /**
     * The client will send no more: what it has sent is answered, then it is over. Told at the end
     * of every channel, on whatever thread ends it.
     */
    void inputEnded() {
        conversation.runUnlessOver(
                () -> {
                    inputEnded = true;
                    conversation.processInputLater();
                    finishWhenQuiet();
                });
    }

    /** The channel is gone. */
    void gone() {
        conversation.mailbox().run(conversation::closed);
    }

    @Override
    public void closed() {
        input.clear();
        connection.closed(conversation);
    }

    // What the client sends.

    private void keep(byte[] bytes) {
        if (conversation.isOver()) {
            return;
        }
        boolean begins = input.isEmpty();
        input.add(bytes);
        conversation.bufferedInput(input.size());
        if (begins) {
            processInput();
        }
    }

    /** Another thread may ask, which must not look into the input: this is right often enough. */
    @Override
    public boolean hasPendingInput() {
        return true;
    }

    /**
     * Deals with some of the input, unless the game or the client is behind; with more when what
     * that has brought about is done. What is not read stays with the client.
     */
    @Override
    public void processInput() {
        if (!conversation.mayProcessInput()) {
            return;
        }
        byte[] bytes = input.next();
        if (bytes == null) {
            if (inputEnded) {
                typing.inputEnded();
            }
            return;
        }
        conversation.bufferedInput(input.size());
        typing.received(bytes);
        adjustWindow(bytes.length);
        if (!input.isEmpty() || inputEnded) {
            conversation.processInputLater();
        }
    }

    /** Lets the client send as much again. */
    private void adjustWindow(int bytes) {
        try {
            channel.getLocalWindow().release(bytes);
        } catch (IOException e) {
            connection.cut();
        }
    }

    private void resize() {
        Size size = resized.getAndSet(null);
        if (size != null) {
            typing.resize(size.columns, size.rows);
            conversation.learned(Fact.WIDTH, size.columns, Client.PTY);
            conversation.learned(Fact.HEIGHT, size.rows, Client.PTY);
        }
    }

    /** Ends the session when nothing more is said to it. */
    private void finishWhenQuiet() {
        quiet = input.isEmpty();
        conversation.later(
                EOF_GRACE,
                () -> {
                    if (quiet) {
                        conversation.finish("");
                    } else {
                        finishWhenQuiet();
                    }
                });
    }

    @Override
    public void entered(String line) {
        conversation.entered(line);
    }

    @Override
    public void lineTooLong() {
        conversation.lineTooLong();
    }

    /** Later, when what has been typed before has been dealt with. */
    @Override
    public void quit() {
        conversation.disconnect("");
    }

    // What the game says.

    @Override
    public void sendText(Output.Text text) {
        hide(text.options());
        typing.show(text.markup(), conversation.style(text.options()));
        conversation.meters().line(Direction.OUT);
    }

    @Override
    public void sendPrompt(Output.Prompt prompt) {
        hide(prompt.options());
        typing.prompt(
                prompt.markup(), conversation.style(prompt.options()), conversation.answered());
    }

    /** The line editor takes the words that can be completed; all else has no place in a shell. */
    @Override
    public void sendDefault(CommandTuple command) {
        if (command.is(COMMANDS)) {
            typing.offerCompletions(command.args().stream().map(Values::text).toList());
        } else {
            conversation.meters().oobDropped();
        }
    }

    /** Before, what is entered may be a password behind a command. */
    @Override
    public void atLogin() {
        typing.loggedIn();
    }

    /** The game, or the player by it, has the last word on the character set. */
    @Override
    public void factsChanged(ClientFacts facts) {
        String name = facts.get(Fact.CHARSET);
        Charset declared = name == null ? null : CharacterSetNames.named(name);
        if (declared != null) {
            typing.use(declared);
        }
    }

    @Override
    public void farewell(String reason) {
        typing.end();
        if (!reason.isEmpty()) {
            typing.show(reason, conversation.style(OutputOptions.NONE));
        }
    }

    private void hide(OutputOptions options) {
        Boolean echo = options.get(OutputOption.ECHO);
        if (echo != null) {
            typing.hide(!echo);
        }
    }

    private void send(byte[] bytes) {
        quiet = false;
        conversation.meters().bytes(Direction.OUT, bytes.length);
        conversation.send(bytes);
    }
}
