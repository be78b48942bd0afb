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
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    private static final String COMMANDS = "commands";

    private final ShellChannel channel;
    private final Connection connection;
    private final Conversation conversation;
    private final TerminalTyping typing;
    private final ShellInput input = new ShellInput();
    private final AtomicReference<@Nullable Size> resized = new AtomicReference<>();
    private boolean answered;
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
        typing.speak(client.charset());
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
                    conversation.readOnSoon();
                    awaitAnswers();
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
        conversation.holds(input.size());
        if (begins) {
            readOn();
        }
    }

    /** Another thread may ask, which must not look into the input: this is right often enough. */
    @Override
    public boolean inputWaits() {
        return true;
    }

    /**
     * Deals with some of the input, unless the game or the client is behind; with more when what
     * that has brought about is done. What is not read stays with the client.
     */
    @Override
    public void readOn() {
        if (!conversation.reads()) {
            return;
        }
        byte[] bytes = input.next();
        if (bytes == null) {
            if (inputEnded) {
                typing.inputEnded();
            }
            return;
        }
        conversation.holds(input.size());
        typing.typed(bytes);
        release(bytes.length);
        if (!input.isEmpty() || inputEnded) {
            conversation.readOnSoon();
        }
    }

    /** Lets the client send as much again. */
    private void release(int bytes) {
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
    private void awaitAnswers() {
        answered = input.isEmpty();
        conversation.later(
                LAST_ANSWERS,
                () -> {
                    if (answered) {
                        conversation.finish("");
                    } else {
                        awaitAnswers();
                    }
                });
    }

    @Override
    public void entered(String line) {
        conversation.entered(line);
    }

    @Override
    public void enteredTooMuch() {
        conversation.enteredTooMuch();
    }

    /** Later, when what has been typed before has been dealt with. */
    @Override
    public void leaves() {
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
            typing.completes(command.args().stream().map(Values::text).toList());
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
            typing.speak(declared);
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
            typing.hidden(!echo);
        }
    }

    private void send(byte[] bytes) {
        answered = false;
        conversation.meters().bytes(Direction.OUT, bytes.length);
        conversation.send(bytes);
    }
}
